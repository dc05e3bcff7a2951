#include "ui/math/formula_tree.h"

#include "ui/math/svg_path.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace ponder::ui {

namespace {

using Kind = FormulaNode::Kind;

/// Reads nodes until one is not what it should be.
class TreeReader {
public:
    bool readNode(const QJsonValue& value, FormulaNode& node, int depth);
    bool readLine(const QJsonValue& value, std::vector<FormulaNode>& line);
    bool failed() const { return failed_; }

private:
    qreal length(const QJsonValue& value);
    std::vector<qreal> lengths(const QJsonValue& value, int count);
    void readKind(const QJsonObject& object, FormulaNode& node);
    void readDrawing(const QJsonObject& object, FormulaDrawing& drawing);
    FormulaAlignment alignment(const QJsonValue& value);
    bool fail() {
        failed_ = true;
        return false;
    }

    int nodes_ = 0;
    bool failed_ = false;
};

qreal TreeReader::length(const QJsonValue& value) {
    if (value.isUndefined()) return 0;
    const qreal number = value.toDouble(std::nan(""));
    if (std::isfinite(number) && std::abs(number) <= formula_limit::kLength) return number;
    fail();
    return 0;
}

std::vector<qreal> TreeReader::lengths(const QJsonValue& value, int count) {
    std::vector<qreal> all;
    const QJsonArray array = value.toArray();
    if (array.size() != count) fail();
    for (int i = 0; i < count; ++i) all.push_back(length(array.at(i)));
    return all;
}

FormulaAlignment TreeReader::alignment(const QJsonValue& value) {
    switch (value.toInt(0)) {
    case 1:
        return FormulaAlignment::Centre;
    case 2:
        return FormulaAlignment::Right;
    default:
        return FormulaAlignment::Left;
    }
}

void TreeReader::readDrawing(const QJsonObject& object, FormulaDrawing& drawing) {
    drawing.left = length(object["x"]);
    drawing.width = length(object["w"]);
    const QString fit = object["a"].toString();
    drawing.fit = fit == u"none"   ? DrawingFit::Stretch
                  : fit == u"xMin" ? DrawingFit::SliceLeft
                  : fit == u"xMid" ? DrawingFit::SliceMiddle
                  : fit == u"xMax" ? DrawingFit::SliceRight
                                   : DrawingFit::Whole;
    if (object.contains(u"d")) {
        const QJsonArray view = object["v"].toArray();
        drawing.view = QSizeF(view.at(0).toDouble(), view.at(1).toDouble());
        const std::optional<QPainterPath> path = parseSvgPath(object["d"].toString());
        constexpr qreal kLargestView = 1e6;
        const bool sized = drawing.view.width() >= 1 && drawing.view.height() >= 1 &&
                           drawing.view.width() <= kLargestView && drawing.view.height() <= kLargestView;
        if (!path || !sized) {
            fail();
            return;
        }
        drawing.path = *path;
    }
    for (const QJsonValue& line : object["l"].toArray()) {
        const std::vector<qreal> ends = lengths(line, 4);
        drawing.strokes.emplace_back(ends[0], ends[1], ends[2], ends[3]);
        if (drawing.strokes.size() > 8) fail();
    }
    drawing.strokeWidth = length(object["t"]);
}

void TreeReader::readKind(const QJsonObject& object, FormulaNode& node) {
    const QString kind = object["k"].toString();
    if (kind == u"r") {
        node.kind = Kind::Row;
    } else if (kind == u"t") {
        node.kind = Kind::Text;
        node.text = object["s"].toString();
        const QByteArray face = object["f"].toString().toLatin1();
        const auto known = std::find_if(kFormulaFaces.begin(), kFormulaFaces.end(),
                                        [&](const char* name) { return face == name; });
        if (known == kFormulaFaces.end()) fail();
        node.face = int(known - kFormulaFaces.begin());
        node.size = length(object["z"]);
        if (node.size <= 0) fail();
    } else if (kind == u"v") {
        node.kind = Kind::Stack;
    } else if (kind == u"b") {
        node.kind = Kind::Bar;
        node.dashed = object.contains(u"q");
    } else if (kind == u"p") {
        node.kind = Kind::Picture;
        for (const QJsonValue& part : object["g"].toArray()) {
            readDrawing(part.toObject(), node.drawings.emplace_back());
            if (node.drawings.size() > 8) fail();
        }
    } else if (kind == u"x") {
        node.kind = Kind::Frame;
        const std::vector<qreal> edges = lengths(object["e"], 4);
        std::copy(edges.begin(), edges.end(), node.edges.begin());
    } else if (kind == u"l") {
        node.kind = Kind::Lap;
    } else {
        fail();
    }
}

bool TreeReader::readNode(const QJsonValue& value, FormulaNode& node, int depth) {
    if (failed_ || !value.isObject() || depth > formula_limit::kDepth || ++nodes_ > formula_limit::kNodes)
        return fail();
    const QJsonObject object = value.toObject();
    readKind(object, node);
    node.marginLeft = length(object["ml"]);
    node.marginRight = length(object["mr"]);
    node.paddingLeft = length(object["pl"]);
    node.paddingRight = length(object["pr"]);
    node.shiftX = length(object["dx"]);
    node.shiftY = length(object["dy"]);
    node.y = length(object["y"]);
    if (object.contains(u"w")) node.width = std::max(0.0, length(object["w"]));
    node.leastWidth = length(object["m"]);
    node.height = length(object["h"]);
    node.depth = length(object["d"]);
    node.raise = length(object["u"]);
    node.alignment = alignment(object["a"]);
    if (object.contains(u"a")) node.ownAlignment = node.alignment;
    node.colour = QColor(object["cl"].toString());
    node.fill = QColor(object["bg"].toString());
    node.border = QColor(object["bc"].toString());
    const QJsonArray children = object["c"].toArray();
    for (const QJsonValue& child : children) {
        if (!readNode(child, node.children.emplace_back(), depth + 1)) return false;
    }
    return !failed_;
}

bool TreeReader::readLine(const QJsonValue& value, std::vector<FormulaNode>& line) {
    if (!value.isArray()) return fail();
    for (const QJsonValue& part : value.toArray()) {
        if (!readNode(part, line.emplace_back(), 0)) return false;
    }
    return true;
}

} // namespace

std::optional<FormulaTree> readFormulaTree(const QByteArray& json) {
    if (json.size() > formula_limit::kTreeBytes) return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    FormulaTree tree;
    TreeReader reader;
    for (const QJsonValue& line : object["lines"].toArray()) {
        if (!reader.readLine(line, tree.lines.emplace_back())) return std::nullopt;
    }
    if (tree.lines.empty()) return std::nullopt;
    if (object.contains(u"tag") && !reader.readNode(object["tag"], tree.tag.emplace(), 0))
        return std::nullopt;
    return tree;
}

} // namespace ponder::ui
