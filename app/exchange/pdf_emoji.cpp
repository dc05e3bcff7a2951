#include "app/exchange/pdf_emoji.h"

#include <QImage>
#include <QPainter>
#include <QRawFont>

#include <cmath>

namespace ponder::app {

namespace {

// Signs reach a little beyond the size of their font.
constexpr qreal kReach = 1.4;

QGlyphRun oneGlyph(const QRawFont& font, quint32 glyph) {
    QGlyphRun run;
    run.setRawFont(font);
    run.setGlyphIndexes({glyph});
    run.setPositions({QPointF(0, 0)});
    return run;
}

} // namespace

void drawEmoji(QPainter& painter, const QList<QGlyphRun>& runs, const QPointF& at) {
    for (const QGlyphRun& run : runs) {
        const QRawFont font = run.rawFont();
        if (!font.familyName().contains(QStringLiteral("Emoji"))) continue;
        const int extent = int(std::ceil(font.pixelSize() * kReach));
        const QPointF baseline(0, font.pixelSize());
        const QList<quint32> glyphs = run.glyphIndexes();
        const QList<QPointF> positions = run.positions();
        for (qsizetype i = 0; i < glyphs.size() && i < positions.size(); ++i) {
            QImage picture(extent, extent, QImage::Format_ARGB32_Premultiplied);
            picture.fill(Qt::transparent);
            QPainter onPicture(&picture);
            onPicture.drawGlyphRun(baseline, oneGlyph(font, glyphs[i]));
            onPicture.end();
            painter.drawImage(QRectF(at + positions[i] - baseline, QSizeF(extent, extent)), picture);
        }
    }
}

} // namespace ponder::app
