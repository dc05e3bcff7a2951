#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QObject>
#include <QTimer>

#include "app/answer_mailbox.h"
#include "app/engine_client.h"
#include "app/library/model_card.h"
#include "app/paths.h"
#include "app/settings.h"
#include "app/worker.h"
#include "ui/main_window.h"

namespace ponder::app {

/// Which model answers: the list in the picker, the choice, its way into memory. The models are looked for on
/// a thread of their own. Window's thread.
class ModelController : public QObject {
    Q_OBJECT
public:
    ModelController(EngineClient& engine, const Settings& settings, const Paths& paths,
                    ui::MainWindow& window);

    /// Looks for models again; the picker shows them when they are found.
    void scan();
    /// Makes this the model of new prompts and begins to load it unless it is very large.
    void choose(const std::string& path);
    bool hasModel() const { return !current_.empty(); }
    const std::string& current() const { return current_; }
    /// What the current model calls itself, loaded or not; empty where that is not known yet.
    std::string currentName() const;
    bool isStarter() const;
    /// The loaded model, if it is the current one.
    const std::optional<engine::ModelInfo>& info() const { return info_; }
    engine::EngineOptions engineOptions() const;

    /// To be told of the events of every request, whoever made it.
    void note(RequestId request, const EngineEvent& event);
    /// The loading a person no longer wants.
    void cancelLoading();

signals:
    /// How the engine that has just loaded a model is confined, in its own words.
    void confined(const std::string& sentence);
    void chosen();
    /// The choice was a person's and is to be kept.
    void picked(const std::string& path);
    void loaded();

private:
    void showList(std::vector<ModelCard> cards);
    void pick(const std::string& path);
    void askForFile();
    void unload();
    void showProgress(double part);
    const ModelCard* currentCard() const;

    EngineClient& engine_;
    const Settings& settings_;
    const Paths& paths_;
    ui::MainWindow& window_;
    std::vector<ModelCard> cards_;
    std::string current_;
    std::optional<engine::ModelInfo> info_;
    RequestId ahead_ = 0;   // loads the model that was chosen, before there is a prompt for it
    RequestId loading_ = 0; // the request that is reading a model at this moment
    QTimer idle_;
    Worker scanner_; // last: its jobs end in this object
};

} // namespace ponder::app
