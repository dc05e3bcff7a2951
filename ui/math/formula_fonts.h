#pragma once

#include <QFont>
#include <QHash>
#include <QList>
#include <QPointF>
#include <QRawFont>
#include <QString>

#include <vector>

namespace ponder::ui {

/// KaTeX's faces, each read when the first formula needs it, and those of the desktop for text that KaTeX has
/// no glyphs for (\text{中文}). Lengths are in em of the face. UI thread only.
class FormulaFonts {
public:
    /// `text` is the font of the running text; what KaTeX lacks comes from it.
    explicit FormulaFonts(const QFont& text);

    /// Glyphs of one face.
    struct Run {
        int face = 0;
        QList<quint32> glyphs;
        QList<QPointF> positions;
    };
    struct Shaped {
        std::vector<Run> runs;
        qreal width = 0;
    };
    /// `face` is an index into kFormulaFaces.
    Shaped shape(int face, const QString& text);
    /// A face at this size. The reference is good until the next call.
    const QRawFont& sized(int face, qreal pixelSize);

private:
    const QRawFont& base(int face);
    void shapeKnown(int face, QStringView text, Shaped& shaped);
    void shapeForeign(const QString& text, Shaped& shaped);
    int adopt(const QRawFont& font);

    QFont text_;
    std::vector<QRawFont> faces_; ///< KaTeX's first, then what was adopted
    QHash<std::pair<int, int>, QRawFont> sized_;
};

} // namespace ponder::ui
