#include "ui/icons.h"

#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

namespace ponder::ui {

namespace {

constexpr qreal kStroke = 1.6;

QPainterPath lines(std::initializer_list<std::initializer_list<QPointF>> strokes) {
    QPainterPath path;
    for (const auto& stroke : strokes) {
        bool first = true;
        for (const QPointF& point : stroke) {
            if (first)
                path.moveTo(point);
            else
                path.lineTo(point);
            first = false;
        }
    }
    return path;
}

QPainterPath branch() {
    QPainterPath path = lines({{{6, 7.4}, {6, 12.6}}});
    path.addEllipse(QPointF(6, 5.2), 2.1, 2.1);
    path.addEllipse(QPointF(6, 14.8), 2.1, 2.1);
    path.addEllipse(QPointF(14, 6.8), 2.1, 2.1);
    path.moveTo(14, 9);
    path.quadTo(14, 11.4, 11, 11.6);
    path.quadTo(7.4, 11.9, 6.4, 12.7);
    return path;
}

QPainterPath paperclip() {
    QPainterPath upright;
    upright.moveTo(4.2, -3.4);
    upright.lineTo(4.2, 3.2);
    upright.arcTo(QRectF(-4.2, -1.0, 8.4, 8.4), 0, -180);
    upright.lineTo(-4.2, -4.6);
    upright.arcTo(QRectF(-4.2, -7.4, 5.6, 5.6), 180, -180);
    upright.lineTo(1.4, 2.6);
    upright.arcTo(QRectF(-1.4, 1.2, 2.8, 2.8), 0, -180);
    upright.lineTo(-1.4, -3.2);
    return QTransform().translate(10, 10).rotate(45).map(upright);
}

QPainterPath pencil() {
    QPainterPath path;
    path.moveTo(4.2, 15.8);
    path.lineTo(4.9, 12.6);
    path.lineTo(13.0, 4.5);
    path.quadTo(14.0, 3.6, 15.0, 4.5);
    path.lineTo(15.5, 5.0);
    path.quadTo(16.4, 6.0, 15.5, 7.0);
    path.lineTo(7.4, 15.1);
    path.closeSubpath();
    path.moveTo(11.6, 6.0);
    path.lineTo(14.0, 8.4);
    return path;
}

QPainterPath archive() {
    QPainterPath path = lines({{{8.2, 10.4}, {11.8, 10.4}}});
    path.addRoundedRect(QRectF(3.2, 4.0, 13.6, 3.6), 1, 1);
    path.moveTo(4.4, 7.8);
    path.lineTo(4.4, 14.4);
    path.quadTo(4.4, 16.0, 6.0, 16.0);
    path.lineTo(14.0, 16.0);
    path.quadTo(15.6, 16.0, 15.6, 14.4);
    path.lineTo(15.6, 7.8);
    return path;
}

QPainterPath folder() {
    QPainterPath path;
    path.moveTo(3.4, 6.0);
    path.quadTo(3.4, 4.6, 4.8, 4.6);
    path.lineTo(7.6, 4.6);
    path.lineTo(9.4, 6.6);
    path.lineTo(15.2, 6.6);
    path.quadTo(16.6, 6.6, 16.6, 8.0);
    path.lineTo(16.6, 14.0);
    path.quadTo(16.6, 15.4, 15.2, 15.4);
    path.lineTo(4.8, 15.4);
    path.quadTo(3.4, 15.4, 3.4, 14.0);
    path.closeSubpath();
    return path;
}

QPainterPath restore() {
    QPainterPath path = lines({{{7.4, 4.2}, {4.2, 7.4}, {7.4, 10.6}}});
    path.moveTo(4.4, 7.4);
    path.lineTo(11.6, 7.4);
    path.cubicTo(14.4, 7.4, 16.0, 9.2, 16.0, 11.4);
    path.cubicTo(16.0, 13.6, 14.4, 15.4, 11.6, 15.4);
    path.lineTo(8.6, 15.4);
    return path;
}

QPainterPath trash() {
    QPainterPath path =
        lines({{{3.8, 5.6}, {16.2, 5.6}}, {{8.4, 8.8}, {8.4, 13.4}}, {{11.6, 8.8}, {11.6, 13.4}}});
    path.moveTo(5.4, 5.6);
    path.lineTo(6.0, 14.8);
    path.quadTo(6.1, 16.4, 7.6, 16.4);
    path.lineTo(12.4, 16.4);
    path.quadTo(13.9, 16.4, 14.0, 14.8);
    path.lineTo(14.6, 5.6);
    path.moveTo(7.6, 5.4);
    path.lineTo(8.0, 4.2);
    path.quadTo(8.2, 3.6, 8.9, 3.6);
    path.lineTo(11.1, 3.6);
    path.quadTo(11.8, 3.6, 12.0, 4.2);
    path.lineTo(12.4, 5.4);
    return path;
}

QPainterPath pin() {
    QPainterPath path = lines({{{10, 12.4}, {10, 16.8}}});
    path.moveTo(6.8, 3.6);
    path.lineTo(13.2, 3.6);
    path.moveTo(7.8, 3.6);
    path.lineTo(7.8, 8.0);
    path.quadTo(7.6, 9.2, 5.8, 10.4);
    path.lineTo(5.8, 12.4);
    path.lineTo(14.2, 12.4);
    path.lineTo(14.2, 10.4);
    path.quadTo(12.4, 9.2, 12.2, 8.0);
    path.lineTo(12.2, 3.6);
    return path;
}

QPainterPath copy() {
    QPainterPath path;
    path.addRoundedRect(QRectF(7.2, 7.2, 9.2, 9.2), 2.2, 2.2);
    path.moveTo(12.8, 4.6);
    path.quadTo(12.6, 3.6, 11.4, 3.6);
    path.lineTo(5.8, 3.6);
    path.quadTo(3.6, 3.6, 3.6, 5.8);
    path.lineTo(3.6, 11.4);
    path.quadTo(3.6, 12.6, 4.6, 12.8);
    return path;
}

QPainterPath refresh() {
    QPainterPath path;
    path.arcMoveTo(QRectF(4, 4, 12, 12), 40);
    path.arcTo(QRectF(4, 4, 12, 12), 40, 280);
    path.addPath(lines({{{15.4, 2.9}, {15.2, 6.4}, {11.8, 6.2}}}));
    return path;
}

QPainterPath chat() {
    QPainterPath path;
    path.moveTo(6.4, 14.2);
    path.lineTo(5.8, 14.2);
    path.quadTo(3.4, 14.2, 3.4, 11.8);
    path.lineTo(3.4, 6.4);
    path.quadTo(3.4, 4.0, 5.8, 4.0);
    path.lineTo(14.2, 4.0);
    path.quadTo(16.6, 4.0, 16.6, 6.4);
    path.lineTo(16.6, 11.8);
    path.quadTo(16.6, 14.2, 14.2, 14.2);
    path.lineTo(9.6, 14.2);
    path.lineTo(6.4, 16.8);
    path.closeSubpath();
    return path;
}

QPainterPath chip() {
    QPainterPath path = lines({{{8, 3}, {8, 5.4}},
                               {{12, 3}, {12, 5.4}},
                               {{8, 14.6}, {8, 17}},
                               {{12, 14.6}, {12, 17}},
                               {{3, 8}, {5.4, 8}},
                               {{3, 12}, {5.4, 12}},
                               {{14.6, 8}, {17, 8}},
                               {{14.6, 12}, {17, 12}}});
    path.addRoundedRect(QRectF(5.4, 5.4, 9.2, 9.2), 1.8, 1.8);
    return path;
}

QPainterPath prompt() {
    QPainterPath path = lines({{{6.6, 7.6}, {9, 10}, {6.6, 12.4}}, {{10.6, 12.6}, {13.6, 12.6}}});
    path.addRoundedRect(QRectF(3.2, 4.2, 13.6, 11.6), 2.6, 2.6);
    return path;
}

QPainterPath search() {
    QPainterPath path = lines({{{12.6, 12.6}, {16.4, 16.4}}});
    path.addEllipse(QPointF(8.8, 8.8), 5.2, 5.2);
    return path;
}

QPainterPath file() {
    QPainterPath path;
    path.moveTo(11.4, 3.4);
    path.lineTo(6.8, 3.4);
    path.quadTo(4.8, 3.4, 4.8, 5.4);
    path.lineTo(4.8, 14.6);
    path.quadTo(4.8, 16.6, 6.8, 16.6);
    path.lineTo(13.2, 16.6);
    path.quadTo(15.2, 16.6, 15.2, 14.6);
    path.lineTo(15.2, 7.2);
    path.closeSubpath();
    path.addPath(lines({{{11.4, 3.4}, {11.4, 7.2}, {15.2, 7.2}}}));
    return path;
}

QPainterPath warning() {
    QPainterPath path;
    path.moveTo(10, 3.4);
    path.lineTo(17.0, 15.4);
    path.quadTo(17.4, 16.4, 16.4, 16.4);
    path.lineTo(3.6, 16.4);
    path.quadTo(2.6, 16.4, 3.0, 15.4);
    path.closeSubpath();
    path.addPath(lines({{{10, 8.2}, {10, 11.4}}, {{10, 13.9}, {10, 13.95}}}));
    return path;
}

QPainterPath information() {
    QPainterPath path;
    path.addEllipse(QPointF(10, 10), 6.6, 6.6);
    path.addPath(lines({{{10, 9.4}, {10, 13.2}}, {{10, 6.8}, {10, 6.85}}}));
    return path;
}

QPainterPath sidebar() {
    QPainterPath path;
    path.addRoundedRect(QRectF(3.2, 4.2, 13.6, 11.6), 2.6, 2.6);
    path.addPath(lines({{{8.2, 4.2}, {8.2, 15.8}}}));
    return path;
}

/// Two sliders: what can be set, without the teeth of a wheel.
QPainterPath sliders() {
    QPainterPath path = lines({{{3.6, 6.6}, {9.2, 6.6}},
                               {{13.8, 6.6}, {16.4, 6.6}},
                               {{3.6, 13.4}, {6.2, 13.4}},
                               {{10.8, 13.4}, {16.4, 13.4}}});
    path.addEllipse(QPointF(11.5, 6.6), 2.2, 2.2);
    path.addEllipse(QPointF(8.5, 13.4), 2.2, 2.2);
    return path;
}

QPainterPath wrap() {
    QPainterPath path =
        lines({{{3.6, 5.2}, {16.4, 5.2}}, {{3.6, 14.8}, {7.2, 14.8}}, {{3.6, 10}, {13.8, 10}}});
    path.moveTo(13.8, 10);
    path.arcTo(QRectF(11.4, 10, 4.8, 4.8), 90, -180);
    path.lineTo(10.6, 14.8);
    path.addPath(lines({{{12.2, 13.0}, {10.4, 14.8}, {12.2, 16.6}}}));
    return path;
}

QPainterPath markdown() {
    QPainterPath path;
    path.addRoundedRect(QRectF(2.6, 4.8, 14.8, 10.4), 2.2, 2.2);
    path.addPath(lines({{{5.4, 12.4}, {5.4, 7.8}, {7.5, 10.2}, {9.6, 7.8}, {9.6, 12.4}},
                        {{13.2, 7.8}, {13.2, 12.2}},
                        {{11.5, 10.6}, {13.2, 12.4}, {14.9, 10.6}}}));
    return path;
}

QPainterPath dots() {
    QPainterPath path;
    for (qreal x : {4.6, 10.0, 15.4}) path.addEllipse(QPointF(x, 10), 0.5, 0.5);
    return path;
}

QPainterPath play() {
    QPainterPath path;
    path.moveTo(6.6, 4.6);
    path.lineTo(15.4, 10);
    path.lineTo(6.6, 15.4);
    path.closeSubpath();
    return path;
}

QPainterPath unpin() {
    QPainterPath path = pin();
    path.addPath(lines({{{3.6, 3.6}, {16.4, 16.4}}}));
    return path;
}

QPainterPath pathOf(Icon icon) {
    switch (icon) {
    case Icon::None:
        return {};
    case Icon::ArrowDown:
        return lines({{{10, 4.2}, {10, 15.8}}, {{5.2, 11}, {10, 15.8}, {14.8, 11}}});
    case Icon::ArrowUp:
        return lines({{{10, 15.8}, {10, 4.2}}, {{5.2, 9}, {10, 4.2}, {14.8, 9}}});
    case Icon::Branch:
        return branch();
    case Icon::Chat:
        return chat();
    case Icon::Check:
        return lines({{{4.4, 10.6}, {8.2, 14.4}, {15.8, 6.2}}});
    case Icon::ChevronDown:
        return lines({{{6, 8}, {10, 12}, {14, 8}}});
    case Icon::ChevronLeft:
        return lines({{{12, 6}, {8, 10}, {12, 14}}});
    case Icon::ChevronRight:
        return lines({{{8, 6}, {12, 10}, {8, 14}}});
    case Icon::Chip:
        return chip();
    case Icon::Close:
        return lines({{{5.4, 5.4}, {14.6, 14.6}}, {{14.6, 5.4}, {5.4, 14.6}}});
    case Icon::Copy:
        return copy();
    case Icon::File:
        return file();
    case Icon::Information:
        return information();
    case Icon::Markdown:
        return markdown();
    case Icon::Menu:
        return lines({{{4, 6}, {16, 6}}, {{4, 10}, {16, 10}}, {{4, 14}, {16, 14}}});
    case Icon::More:
        return dots();
    case Icon::Paperclip:
        return paperclip();
    case Icon::Pencil:
        return pencil();
    case Icon::Pin:
        return pin();
    case Icon::Play:
        return play();
    case Icon::Plus:
        return lines({{{10, 4.4}, {10, 15.6}}, {{4.4, 10}, {15.6, 10}}});
    case Icon::Prompt:
        return prompt();
    case Icon::Refresh:
        return refresh();
    case Icon::Settings:
        return sliders();
    case Icon::Search:
        return search();
    case Icon::Sidebar:
        return sidebar();
    case Icon::Stop: {
        QPainterPath square;
        square.addRoundedRect(QRectF(5.4, 5.4, 9.2, 9.2), 1.6, 1.6);
        return square;
    }
    case Icon::Archive:
        return archive();
    case Icon::Folder:
        return folder();
    case Icon::Restore:
        return restore();
    case Icon::Trash:
        return trash();
    case Icon::Unpin:
        return unpin();
    case Icon::Warning:
        return warning();
    case Icon::Wrap:
        return wrap();
    }
    return {};
}

class StrokeIconEngine : public QIconEngine {
public:
    StrokeIconEngine(Icon icon, QColor colour) : icon_(icon), colour_(colour) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        QColor colour = colour_;
        if (mode == QIcon::Disabled) colour.setAlphaF(0.5f);
        drawIcon(*painter, icon_, rect, colour, qMin(rect.width(), rect.height()));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    QIconEngine* clone() const override { return new StrokeIconEngine(icon_, colour_); }

private:
    Icon icon_;
    QColor colour_;
};

} // namespace

void drawIcon(QPainter& painter, Icon icon, const QRectF& box, const QColor& colour, qreal size) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(box.center().x() - size / 2, box.center().y() - size / 2);
    painter.scale(size / 20, size / 20);
    painter.setPen(QPen(colour, kStroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(icon == Icon::Stop || icon == Icon::More ? QBrush(colour) : QBrush(Qt::NoBrush));
    painter.drawPath(pathOf(icon));
    painter.restore();
}

QIcon menuIcon(Icon icon, const QColor& colour) {
    return QIcon(new StrokeIconEngine(icon, colour));
}

} // namespace ponder::ui
