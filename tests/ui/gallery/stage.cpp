#include "tests/ui/gallery/stage.h"

#include "tests/ui/gallery/sample_chats.h"

#include <QApplication>
#include <QDialog>
#include <QEventLoop>
#include <QPainter>

namespace ponder::ui {

Stage::Stage(Appearance appearance, QSize size)
    : theme_(std::make_unique<Theme>()), typesetter_(std::make_unique<Typesetter>(*theme_)),
      window_(std::make_unique<MainWindow>(*theme_)) {
    theme_->setAppearance(appearance);
    window_->resize(size);
    window_->show();
    window_->activateWindow();
    settle();
}

Stage::~Stage() = default;

void Stage::settle() {
    // Layouts ask for more layouts, and what is painted for colours; a few rounds and all is still.
    for (int round = 0; round < 10; ++round) {
        QApplication::sendPostedEvents();
        QApplication::processEvents();
        while (!typesetter_->scripts().isIdle() || !typesetter_->formulas().isIdle())
            QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
}

QImage Stage::photograph() {
    settle();
    QPixmap picture = window_->grab();
    QPainter painter(&picture);
    for (QWidget* other : QApplication::topLevelWidgets()) {
        if (other == window_.get() || !other->isVisible() || other->windowType() == Qt::ToolTip) continue;
        QPoint place = window_->mapFromGlobal(other->pos());
        // A window manager would put it in the middle, and a frame around it.
        if (qobject_cast<QDialog*>(other)) {
            place = window_->rect().center() - other->rect().center();
            const QRect frame(place, other->size());
            for (int reach = 12; reach > 0; --reach)
                painter.fillRect(frame.adjusted(-reach, 4 - reach, reach, 4 + reach), QColor(0, 0, 0, 5));
            painter.fillRect(frame.adjusted(-1, -1, 1, 1), theme_->colours().outline);
        }
        QPixmap above(other->size() * picture.devicePixelRatio());
        above.setDevicePixelRatio(picture.devicePixelRatio());
        above.fill(Qt::transparent);
        other->render(&above);
        painter.drawPixmap(place, above);
    }
    painter.end();
    return picture.toImage();
}

void openChat(Stage& stage, const std::vector<MessageContent>& messages) {
    MainWindow& window = stage.window();
    window.sidebar().setChats(fewChats());
    window.sidebar().setCurrentChat("attention");
    window.setChatTitle(attentionTitle());
    window.setModels(sampleModels());
    window.setCurrentModel("/models/Qwen3 4B");
    window.transcript().show(messages);
    stage.settle();
}

} // namespace ponder::ui
