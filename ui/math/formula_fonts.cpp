#include "ui/math/formula_fonts.h"

#include "ui/math/formula_tree.h"

#include <QTextLayout>

#include <cmath>

namespace ponder::ui {

namespace {

constexpr qreal kMeasuredSize = 100; // px; large enough that a font's own units decide
constexpr int kSizeSteps = 64;       // a pixel
constexpr int kMostSized = 256;
constexpr int kMostAdopted = 64;

qsizetype characterLength(QStringView text, qsizetype at) {
    const bool pair = at + 1 < text.size() && text[at].isHighSurrogate() && text[at + 1].isLowSurrogate();
    return pair ? 2 : 1;
}

uint characterAt(QStringView text, qsizetype at) {
    return characterLength(text, at) == 2 ? QChar::surrogateToUcs4(text[at], text[at + 1])
                                          : uint(text[at].unicode());
}

} // namespace

FormulaFonts::FormulaFonts(const QFont& text) : text_(text), faces_(kFormulaFaces.size()) {
    text_.setPixelSize(int(kMeasuredSize));
    text_.setHintingPreference(QFont::PreferNoHinting);
}

const QRawFont& FormulaFonts::base(int face) {
    QRawFont& font = faces_[size_t(face)];
    if (!font.isValid() && face < int(kFormulaFaces.size())) {
        const QString file =
            QStringLiteral(":/katex/fonts/KaTeX_%1.ttf").arg(QLatin1String(kFormulaFaces[size_t(face)]));
        font = QRawFont(file, kMeasuredSize, QFont::PreferNoHinting);
    }
    return font;
}

FormulaFonts::Shaped FormulaFonts::shape(int face, const QString& text) {
    Shaped shaped;
    const QRawFont& font = base(face);
    for (qsizetype at = 0; at < text.size();) {
        const bool known = font.supportsCharacter(characterAt(text, at));
        qsizetype end = at;
        while (end < text.size() && font.supportsCharacter(characterAt(text, end)) == known) {
            end += characterLength(text, end);
        }
        const QString stretch = text.sliced(at, end - at);
        if (known)
            shapeKnown(face, stretch, shaped);
        else
            shapeForeign(stretch, shaped);
        at = end;
    }
    return shaped;
}

void FormulaFonts::shapeKnown(int face, QStringView text, Shaped& shaped) {
    const QRawFont& font = base(face);
    Run run;
    run.face = face;
    run.glyphs = font.glyphIndexesForString(text.toString());
    const QList<QPointF> advances = font.advancesForGlyphIndexes(run.glyphs, QRawFont::KernedAdvances);
    for (const QPointF& advance : advances) {
        run.positions.append({shaped.width, 0});
        shaped.width += advance.x() / kMeasuredSize;
    }
    shaped.runs.push_back(std::move(run));
}

void FormulaFonts::shapeForeign(const QString& text, Shaped& shaped) {
    QTextLayout layout(text, text_);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setPosition({0, 0});
    layout.endLayout();
    if (!line.isValid()) return;
    const QList<QGlyphRun> runs = layout.glyphRuns();
    for (const QGlyphRun& glyphs : runs) {
        Run run;
        run.face = adopt(glyphs.rawFont());
        run.glyphs = glyphs.glyphIndexes();
        const QList<QPointF> positions = glyphs.positions();
        for (const QPointF& position : positions) {
            const QPointF inLine(position.x(), position.y() - line.ascent());
            run.positions.append(inLine / kMeasuredSize + QPointF(shaped.width, 0));
        }
        if (run.face >= 0) shaped.runs.push_back(std::move(run));
    }
    shaped.width += line.naturalTextWidth() / kMeasuredSize;
}

int FormulaFonts::adopt(const QRawFont& font) {
    for (size_t i = kFormulaFaces.size(); i < faces_.size(); ++i) {
        if (faces_[i] == font) return int(i);
    }
    if (faces_.size() >= kFormulaFaces.size() + kMostAdopted) return -1;
    faces_.push_back(font);
    return int(faces_.size()) - 1;
}

const QRawFont& FormulaFonts::sized(int face, qreal pixelSize) {
    const std::pair key(face, int(std::lround(pixelSize * kSizeSteps)));
    const auto known = sized_.constFind(key);
    if (known != sized_.constEnd()) return *known;
    if (sized_.size() >= kMostSized) sized_.clear();
    QRawFont font = base(face);
    font.setPixelSize(qreal(key.second) / kSizeSteps);
    return *sized_.insert(key, font);
}

} // namespace ponder::ui
