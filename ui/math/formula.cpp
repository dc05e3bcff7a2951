#include "ui/math/formula.h"

#include <QGlyphRun>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ponder::ui {

namespace {

bool isLight(const QColor& colour) {
    return colour.lightnessF() > 0.5f;
}

/// Relative luminance, as contrast is defined by it.
double luminance(const QColor& colour) {
    const auto linear = [](float value) {
        return value <= 0.04045f ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

/// A colour that a formula asks for is meant for black on white: on other paper, too, it must be seen.
QColor readable(const QColor& wanted, const QColor& ink) {
    if (!wanted.isValid()) return ink;
    // Of the papers in use, white and almost black, these are a contrast of 4.5 away.
    constexpr double kDarkest = 0.24;
    constexpr double kLightest = 0.18;
    constexpr float kStep = 0.04f;
    QColor colour = wanted.toHsl();
    const bool dark = isLight(ink);
    const auto isSeen = [&] { return dark ? luminance(colour) >= kDarkest : luminance(colour) <= kLightest; };
    for (float lightness = colour.lightnessF(); !isSeen() && lightness >= 0 && lightness <= 1;) {
        lightness += dark ? kStep : -kStep;
        colour.setHslF(std::max(0.0f, colour.hslHueF()), colour.hslSaturationF(),
                       std::clamp(lightness, 0.0f, 1.0f), colour.alphaF());
    }
    return colour;
}

QColor readableBackground(const QColor& wanted, const QColor& ink) {
    constexpr float kOnDark = 0.35f;
    QColor colour = wanted;
    if (isLight(ink)) colour.setAlphaF(colour.alphaF() * kOnDark);
    return colour;
}

QRectF scaledBox(const QRectF& box, const QPointF& at, qreal size) {
    return {at + box.topLeft() * size, box.size() * size};
}

/// Lines as thick as whole pixels of the device, and never thinner than one.
class PixelLines {
public:
    PixelLines(QPainter& painter, const QRectF& box)
        : painter_(painter), transform_(painter.deviceTransform()) {
        if (transform_.type() > QTransform::TxScale) transform_ = QTransform();
        box_ = transform_.mapRect(box);
    }

    void rule(const QColor& colour) const { fill(snapped(), colour); }

    void dashes(const QColor& colour, qreal length) const {
        const QRectF rule = snapped();
        const bool across = rule.width() > rule.height();
        const qreal dash = std::max(1.0, std::round(length * transform_.m11()));
        const qreal end = across ? rule.width() : rule.height();
        for (qreal from = 0; from < end; from += 2 * dash) {
            const qreal drawn = std::min(dash, end - from);
            fill(across ? QRectF(rule.left() + from, rule.top(), drawn, rule.height())
                        : QRectF(rule.left(), rule.top() + from, rule.width(), drawn),
                 colour);
        }
    }

    void frame(const QColor& colour, const std::array<qreal, 4>& edges) const {
        const QRectF outer(box_.toRect());
        const auto thick = [&](size_t edge) {
            return edges[edge] > 0 ? std::max(1.0, std::round(edges[edge] * transform_.m11())) : 0.0;
        };
        fill({outer.left(), outer.top(), outer.width(), thick(0)}, colour);
        fill({outer.right() - thick(1), outer.top(), thick(1), outer.height()}, colour);
        fill({outer.left(), outer.bottom() - thick(2), outer.width(), thick(2)}, colour);
        fill({outer.left(), outer.top(), thick(3), outer.height()}, colour);
    }

private:
    QRectF snapped() const {
        const qreal width = std::max(1.0, std::round(box_.width()));
        const qreal height = std::max(1.0, std::round(box_.height()));
        return {std::round(box_.center().x() - width / 2), std::round(box_.center().y() - height / 2), width,
                height};
    }
    void fill(const QRectF& device, const QColor& colour) const {
        painter_.fillRect(transform_.inverted().mapRect(device), colour);
    }

    QPainter& painter_;
    QTransform transform_;
    QRectF box_;
};

void paintBar(QPainter& painter, const FormulaBar& bar, const QPointF& at, qreal size, const QColor& ink) {
    constexpr qreal kDash = 0.15; // em
    const QRectF box = scaledBox(bar.box, at, size);
    const PixelLines lines(painter, box);
    switch (bar.kind) {
    case FormulaBar::Kind::Rule:
        return lines.rule(readable(bar.colour, ink));
    case FormulaBar::Kind::Dashes:
        return lines.dashes(readable(bar.colour, ink), kDash * size);
    case FormulaBar::Kind::Background:
        return painter.fillRect(box, readableBackground(bar.colour, ink));
    case FormulaBar::Kind::Frame: {
        std::array<qreal, 4> edges = bar.edges;
        for (qreal& edge : edges) edge *= size;
        return lines.frame(readable(bar.colour, ink), edges);
    }
    }
}

void paintShape(QPainter& painter, const FormulaShape& shape, const QPointF& at, qreal size,
                const QColor& ink) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colour = readable(shape.colour, ink);
    if (shape.clip.isValid()) painter.setClipRect(scaledBox(shape.clip, at, size), Qt::IntersectClip);
    painter.translate(at);
    painter.scale(size, size);
    if (shape.strokeWidth > 0)
        painter.strokePath(shape.path, QPen(colour, shape.strokeWidth, Qt::SolidLine, Qt::FlatCap));
    else
        painter.fillPath(shape.path, colour);
    painter.restore();
}

} // namespace

Formula::Formula(std::shared_ptr<FormulaFonts> fonts, std::vector<FormulaPart> parts, FormulaPart tag) {
    Laid laid;
    for (const FormulaPart& part : parts) {
        laid.width = std::max(laid.width, part.x + part.width);
        laid.height = std::max(laid.height, part.height - part.y);
        laid.depth = std::max(laid.depth, part.depth + part.y);
        laid.oneLine = laid.oneLine && part.y == parts.front().y;
    }
    laid.fonts = std::move(fonts);
    laid.parts = std::move(parts);
    laid.tag = std::move(tag);
    laid_ = std::make_shared<const Laid>(std::move(laid));
}

const std::vector<FormulaPart>& Formula::parts() const {
    static const std::vector<FormulaPart> kNone;
    return isNull() ? kNone : laid_->parts;
}

const FormulaPart& Formula::tag() const {
    static const FormulaPart kNone;
    return isNull() ? kNone : laid_->tag;
}

void Formula::paint(QPainter& painter, const QPointF& at, qreal size, const QColor& ink) const {
    for (const FormulaPart& part : parts()) {
        paintPart(painter, part, at + QPointF(part.x, part.y) * size, size, ink);
    }
}

void Formula::paintPart(QPainter& painter, const FormulaPart& part, const QPointF& at, qreal size,
                        const QColor& ink) const {
    for (const FormulaBar& bar : part.bars) paintBar(painter, bar, at, size, ink);
    for (const FormulaGlyphs& glyphs : part.glyphs) {
        QList<QPointF> positions = glyphs.run.positions;
        for (QPointF& position : positions) position *= size;
        QGlyphRun run;
        run.setRawFont(laid_->fonts->sized(glyphs.run.face, size * glyphs.size));
        run.setGlyphIndexes(glyphs.run.glyphs);
        run.setPositions(positions);
        painter.setPen(readable(glyphs.colour, ink));
        painter.drawGlyphRun(at, run);
    }
    for (const FormulaShape& shape : part.shapes) paintShape(painter, shape, at, size, ink);
}

} // namespace ponder::ui
