#include "ui/widgets/body_cover.h"

#include <QApplication>
#include <QBoxLayout>

namespace ponder::ui {

BodyCover::BodyCover(QWidget& body, QWidget& fallback, QObject* parent)
    : QObject(parent), body_(body), fallback_(fallback) {}

void BodyCover::open(QWidget& page) {
    if (page_ == &page) return;
    auto* column = static_cast<QBoxLayout*>(body_.layout());
    if (column->indexOf(&page) < 0) column->addWidget(&page, 1);
    if (page_) {
        page_->hide();
    } else {
        before_ = QApplication::focusWidget();
        for (int i = 0; i < column->count(); ++i) {
            QWidget* part = column->itemAt(i)->widget();
            if (!part || part == &page || part->isHidden()) continue;
            covered_.append(part);
            part->hide();
        }
    }
    page_ = &page;
    page.show();
}

void BodyCover::close(QWidget& page) {
    if (page_ != &page) return;
    page_ = nullptr;
    page.hide();
    for (const auto& part : covered_) {
        if (part) part->show();
    }
    covered_.clear();
    QWidget* const after = before_ && before_->isVisible() ? before_.data() : &fallback_;
    after->setFocus(Qt::OtherFocusReason);
}

} // namespace ponder::ui
