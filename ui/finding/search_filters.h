#pragma once

#include <QDate>
#include <QWidget>

namespace ponder::ui {

class Button;
class Theme;

/// Chips that write the filters of a query: whose words, where, by which model, when. They follow what is
/// written by hand. UI thread only.
class SearchFilters : public QWidget {
    Q_OBJECT
public:
    explicit SearchFilters(Theme& theme, QWidget* parent = nullptr);

    void setQuery(const QString& query);
    /// The models that have answered, the latest first.
    void setModelNames(const QStringList& names);

signals:
    void changed(const QString& query);

private:
    struct Chip {
        Button* button;
        QString name;
        QString value;
    };

    Button* addButton(const QString& text);
    void addChip(const QString& text, const QString& name, const QString& value);
    void toggle(const Chip& chip, bool on);
    void openModels();
    void openDates();
    void take(const QString& query);

    Theme& theme_;
    std::vector<Chip> chips_;
    Button* model_;
    Button* date_;
    QStringList modelNames_;
    QString query_;
};

} // namespace ponder::ui
