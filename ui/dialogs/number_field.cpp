#include "ui/dialogs/number_field.h"

#include "ui/theme.h"

#include <QKeyEvent>
#include <QLocale>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kNarrow = 96;
constexpr int kWide = 208;

} // namespace

NumberField::NumberField(Theme& theme, const Setting& setting, QWidget* parent)
    : TextField(theme, parent), setting_(setting) {
    setAccessibleName(setting.title);
    setPlaceholderText(setting.usualText);
    setAlignment(Qt::AlignRight);
    setFixedWidth(theme.scaled(setting.usualText.isEmpty() ? kNarrow : kWide));
    connect(this, &QLineEdit::editingFinished, this, &NumberField::take);
}

void NumberField::setValue(const QVariant& value) {
    value_ = value;
    const bool saysNothing = !setting_.usualText.isEmpty() && value == setting_.usual;
    const QLocale locale;
    setText(saysNothing || value.isNull()           ? QString()
            : setting_.kind == SettingKind::Decimal ? locale.toString(value.toDouble(), 'g', 4)
                                                    : locale.toString(value.toInt()));
}

QVariant NumberField::written() const {
    const QString text = this->text().trimmed();
    if (text.isEmpty()) return setting_.usual;
    bool understood = false;
    double number = QLocale().toDouble(text, &understood);
    if (!understood) number = QLocale::c().toDouble(text, &understood);
    if (!understood) return value_;
    number = std::clamp(number, setting_.least, setting_.most);
    return setting_.kind == SettingKind::Decimal ? QVariant(number) : QVariant(int(number));
}

void NumberField::take() {
    const QVariant value = written();
    const bool changed = value != value_;
    setValue(value);
    if (changed) emit chosen(value);
}

void NumberField::step(double by) {
    const QVariant from = written();
    const double number = std::clamp(from.toDouble() + by, setting_.least, setting_.most);
    setText(QLocale().toString(number, 'g', 12));
    take();
}

void NumberField::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Up:
        return step(setting_.step);
    case Qt::Key_Down:
        return step(-setting_.step);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return take(); // and not also the dialog's button
    default:
        TextField::keyPressEvent(event);
    }
}

} // namespace ponder::ui
