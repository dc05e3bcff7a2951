#pragma once

#include "ui/widgets/popup_card.h"

#include <QString>

#include <vector>

class QScrollArea;
class QVBoxLayout;

namespace ponder::ui {

class Button;
class Label;
class ModelRowButton;
class Theme;

/// One model file as the menu shows it.
struct ModelRow {
    QString path;    ///< what modelChosen carries
    QString name;    ///< "Qwen3 4B"
    QString size;    ///< "2.5 GB, Q4_K_M"
    QString where;   ///< "Bundled", "LM Studio", a folder
    QString problem; ///< why it cannot run here; empty: it can

    bool operator==(const ModelRow&) const = default;
};

enum class ModelResidence { OnDisk, InMemory };

/// The menu of the model chip: the models found, and a way to open another file. UI thread only.
class ModelPicker : public PopupCard {
    Q_OBJECT
public:
    explicit ModelPicker(Theme& theme, QWidget* parent = nullptr);
    ~ModelPicker() override;

    void setModels(std::vector<ModelRow> models);
    void setCurrentModel(const QString& path);
    /// In memory, the current model can be unloaded.
    void setResidence(ModelResidence residence);
    /// Opens with its lower left corner at `corner` (global), or below it where there is no room above.
    void popUp(const QPoint& corner);

signals:
    void modelChosen(const QString& path);
    void openModelFileRequested();
    void libraryRequested();
    void unloadRequested();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void rebuild();
    void fit();
    void takeTheme();

    std::vector<ModelRow> models_;
    QString current_;
    QString shownCurrent_; ///< when the rows were made
    QWidget* list_;
    QVBoxLayout* rows_;
    std::vector<ModelRowButton*> buttons_;
    QScrollArea* scroll_;
    Label* nothing_;
    Button* unload_;
};

} // namespace ponder::ui
