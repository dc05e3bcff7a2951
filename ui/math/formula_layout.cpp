#include "ui/math/formula_layout.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace ponder::ui {

namespace {

using Kind = FormulaNode::Kind;

// Between the lines of a formula that has several.
constexpr qreal kLineGap = 0.45;

bool stretches(const FormulaNode& node) {
    const bool kind = node.kind == Kind::Bar || node.kind == Kind::Picture || node.kind == Kind::Frame;
    return kind && !node.width;
}

/// KaTeX draws tails of any length and lets the box cut them. Shortened to what is near the box they cost
/// less.
QPainterPath withShortTails(QPainterPath path, const QRectF& box) {
    constexpr qreal kMargin = 1; // em; no curve reaches further
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPainterPath::Element element = path.elementAt(i);
        path.setElementPositionAt(i, std::clamp(element.x, box.left() - kMargin, box.right() + kMargin),
                                  element.y);
    }
    return path;
}

/// Draws one part; widths are measured from the leaves up, then boxes are placed from the root down.
class PartPainter {
public:
    PartPainter(FormulaFonts& fonts, FormulaPart& part) : fonts_(fonts), part_(part) {}

    void lay(const FormulaNode& root) {
        part_.width = outerWidth(root);
        part_.height = root.height;
        part_.depth = root.depth;
        place(root, {0, 0}, part_.width, QColor());
    }

private:
    struct Measured {
        qreal width = 0; ///< of its content
        FormulaFonts::Shaped shaped;
    };

    const Measured& measure(const FormulaNode& node);
    qreal outerWidth(const FormulaNode& node);
    /// What it takes where there is `available`.
    qreal usedWidth(const FormulaNode& node, qreal available);

    void place(const FormulaNode& node, QPointF at, qreal available, QColor colour);
    void placeChildren(const FormulaNode& node, QPointF at, qreal available, const QColor& colour);
    void placeStack(const FormulaNode& node, QPointF at, const QColor& colour);
    void placeText(const FormulaNode& node, QPointF at, const QColor& colour);
    void placeFrame(const FormulaNode& node, QPointF at, qreal width, const QColor& colour);
    void placePicture(const FormulaNode& node, QPointF at, qreal width, const QColor& colour);

    FormulaFonts& fonts_;
    FormulaPart& part_;
    std::unordered_map<const FormulaNode*, Measured> measured_;
};

const PartPainter::Measured& PartPainter::measure(const FormulaNode& node) {
    const auto known = measured_.find(&node);
    if (known != measured_.end()) return known->second;
    Measured measured;
    switch (node.kind) {
    case Kind::Text:
        measured.shaped = fonts_.shape(node.face, node.text);
        measured.width = measured.shaped.width * node.size;
        break;
    case Kind::Row:
    case Kind::Lap:
        for (const FormulaNode& child : node.children) measured.width += outerWidth(child);
        break;
    case Kind::Stack:
        for (const FormulaNode& child : node.children) {
            measured.width = std::max(measured.width, outerWidth(child));
        }
        break;
    case Kind::Bar:
    case Kind::Picture:
    case Kind::Frame:
        measured.width = node.leastWidth;
        break;
    }
    return measured_.emplace(&node, std::move(measured)).first->second;
}

qreal PartPainter::outerWidth(const FormulaNode& node) {
    const qreal around = node.marginLeft + node.paddingLeft + node.paddingRight + node.marginRight;
    if (node.kind == Kind::Lap) return around;
    return around + (node.width ? *node.width : measure(node).width);
}

qreal PartPainter::usedWidth(const FormulaNode& node, qreal available) {
    if (stretches(node)) return std::max(available, outerWidth(node));
    if (node.kind != Kind::Row || node.width) return outerWidth(node);
    const bool filled = std::any_of(node.children.begin(), node.children.end(), stretches);
    return filled ? std::max(available, outerWidth(node)) : outerWidth(node);
}

void PartPainter::place(const FormulaNode& node, QPointF at, qreal available, QColor colour) {
    if (node.colour.isValid()) colour = node.colour;
    at += QPointF(node.marginLeft + node.shiftX + node.paddingLeft, node.shiftY);
    available -= node.marginLeft + node.paddingLeft + node.paddingRight + node.marginRight;
    const qreal width = node.width ? *node.width : std::max(available, node.leastWidth);
    switch (node.kind) {
    case Kind::Text:
        return placeText(node, at, colour);
    case Kind::Row:
        return placeChildren(node, at, available, colour);
    case Kind::Stack:
        return placeStack(node, at, colour);
    case Kind::Bar:
        part_.bars.push_back({.kind = node.dashed ? FormulaBar::Kind::Dashes : FormulaBar::Kind::Rule,
                              .box = QRectF(at.x(), at.y() - node.raise - node.height, width, node.height),
                              .colour = colour});
        return;
    case Kind::Picture:
        return placePicture(node, at, width, colour);
    case Kind::Frame:
        return placeFrame(node, at, width, colour);
    case Kind::Lap: {
        const qreal inner = measure(node).width;
        if (node.alignment == FormulaAlignment::Right) at.rx() -= inner;
        if (node.alignment == FormulaAlignment::Centre) at.rx() -= inner / 2;
        return placeChildren(node, at, inner, colour);
    }
    }
}

void PartPainter::placeChildren(const FormulaNode& node, QPointF at, qreal available, const QColor& colour) {
    for (const FormulaNode& child : node.children) {
        place(child, at, available, colour);
        at.rx() += usedWidth(child, available);
    }
}

void PartPainter::placeStack(const FormulaNode& node, QPointF at, const QColor& colour) {
    const qreal width = measure(node).width;
    for (const FormulaNode& child : node.children) {
        const qreal free = width - usedWidth(child, width);
        const FormulaAlignment alignment = child.ownAlignment.value_or(node.alignment);
        const qreal indent = alignment == FormulaAlignment::Left     ? 0
                             : alignment == FormulaAlignment::Centre ? free / 2
                                                                     : free;
        place(child, at + QPointF(std::max(0.0, indent), child.y), width, colour);
    }
}

void PartPainter::placeText(const FormulaNode& node, QPointF at, const QColor& colour) {
    for (const FormulaFonts::Run& run : measure(node).shaped.runs) {
        const bool goesOn = !part_.glyphs.empty() && part_.glyphs.back().run.face == run.face &&
                            part_.glyphs.back().size == node.size && part_.glyphs.back().colour == colour;
        if (!goesOn) {
            FormulaGlyphs glyphs;
            glyphs.run.face = run.face;
            glyphs.size = node.size;
            glyphs.colour = colour;
            part_.glyphs.push_back(std::move(glyphs));
        }
        FormulaFonts::Run& into = part_.glyphs.back().run;
        into.glyphs.append(run.glyphs);
        for (const QPointF& position : run.positions) into.positions.append(at + position * node.size);
    }
}

void PartPainter::placeFrame(const FormulaNode& node, QPointF at, qreal width, const QColor& colour) {
    const qreal height = std::max(node.height, node.edges[0] + node.edges[2]);
    const QRectF box(at.x(), at.y() - height, width, height);
    const QColor line = node.border.isValid() ? node.border : colour;
    if (node.fill.isValid())
        part_.bars.push_back({.kind = FormulaBar::Kind::Background, .box = box, .colour = node.fill});
    part_.bars.push_back({.kind = FormulaBar::Kind::Frame, .box = box, .colour = line, .edges = node.edges});
}

void PartPainter::placePicture(const FormulaNode& node, QPointF at, qreal width, const QColor& colour) {
    for (const FormulaDrawing& drawing : node.drawings) {
        const QRectF box(at.x() + drawing.left * width, at.y() - node.height, drawing.width * width,
                         node.height);
        for (const QLineF& stroke : drawing.strokes) {
            FormulaShape shape{.path = {}, .clip = {}, .colour = colour, .strokeWidth = drawing.strokeWidth};
            shape.path.moveTo(box.x() + stroke.x1() * box.width(), box.y() + stroke.y1() * box.height());
            shape.path.lineTo(box.x() + stroke.x2() * box.width(), box.y() + stroke.y2() * box.height());
            part_.shapes.push_back(std::move(shape));
        }
        if (drawing.path.isEmpty()) continue;
        qreal scaleX = box.width() / drawing.view.width();
        qreal scaleY = box.height() / drawing.view.height();
        const bool slice = drawing.fit != DrawingFit::Stretch && drawing.fit != DrawingFit::Whole;
        if (drawing.fit == DrawingFit::Whole) scaleX = scaleY = std::min(scaleX, scaleY);
        if (slice) scaleX = scaleY = std::max(scaleX, scaleY);
        const qreal spare = box.width() - drawing.view.width() * scaleX;
        const qreal indent = drawing.fit == DrawingFit::SliceRight    ? spare
                             : drawing.fit == DrawingFit::SliceMiddle ? spare / 2
                                                                      : 0;
        const QPainterPath path =
            QTransform(scaleX, 0, 0, scaleY, box.x() + indent, box.y()).map(drawing.path);
        part_.shapes.push_back({.path = slice ? withShortTails(path, box) : path,
                                .clip = slice ? box : QRectF(),
                                .colour = colour});
    }
}

} // namespace

Formula layOutFormula(FormulaTree tree, const std::shared_ptr<FormulaFonts>& fonts) {
    std::vector<FormulaPart> parts;
    bool inked = false;
    qreal y = 0;
    qreal depth = 0;
    for (const std::vector<FormulaNode>& line : tree.lines) {
        std::vector<FormulaPart> inLine;
        qreal height = 0;
        qreal x = 0;
        for (const FormulaNode& node : line) {
            FormulaPart& part = inLine.emplace_back();
            PartPainter(*fonts, part).lay(node);
            part.x = x;
            x += part.width;
            height = std::max(height, part.height);
            inked = inked || !part.isEmpty();
        }
        if (!parts.empty()) y += depth + kLineGap + height;
        depth = 0;
        for (FormulaPart& part : inLine) {
            part.y = y;
            depth = std::max(depth, part.depth);
            parts.push_back(std::move(part));
        }
    }
    if (!inked) return {};
    FormulaPart tag;
    if (tree.tag) PartPainter(*fonts, tag).lay(*tree.tag);
    return Formula(fonts, std::move(parts), std::move(tag));
}

} // namespace ponder::ui
