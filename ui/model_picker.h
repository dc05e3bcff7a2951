#pragma once

#include <QFrame>
#include <QString>

#include <vector>

namespace ponder::ui {

class Theme;

/// One model file as the menu shows it.
struct ModelRow {
    QString path;  ///< what modelChosen carries
    QString name;  ///< "Qwen3 4B"
    QString size;  ///< "2.5 GB, Q4_K_M"
    QString where; ///< "Bundled", "LM Studio", a folder

    bool operator==(const ModelRow&) const = default;
};

/// The menu below the model chip: the models found, and a way to open another file. UI thread only.
class ModelPicker : public QFrame {
    Q_OBJECT
public:
    explicit ModelPicker(Theme& theme, QWidget* parent = nullptr);
    ~ModelPicker() override;

    void setModels(std::vector<ModelRow> models);
    void setCurrentModel(const QString& path);
    /// Opens with its lower left corner at `corner` (global), or below it where there is no room above.
    void popUp(const QPoint& corner);

signals:
    void modelChosen(const QString& path);
    void openModelFileRequested();
};

} // namespace ponder::ui
