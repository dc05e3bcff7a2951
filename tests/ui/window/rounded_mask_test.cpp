#include "ui/widgets/rounded_mask.h"

#include <gtest/gtest.h>

#include <QImage>
#include <QPainter>

namespace ponder::ui {
namespace {

TEST(RoundedMask, HoldsEveryPixelThatIsPaintedAndNoCorner) {
    for (int radius : {6, 10, 16}) {
        QImage image(120, 80, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::black);
        painter.setPen(Qt::NoPen);
        painter.drawRoundedRect(image.rect(), radius, radius);
        painter.end();
        const QRegion mask = roundedMask(image.rect(), radius);
        int needless = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const bool painted = qAlpha(image.pixel(x, y)) > 0;
                EXPECT_TRUE(!painted || mask.contains(QPoint(x, y))) << x << ", " << y << " of " << radius;
                needless += !painted && mask.contains(QPoint(x, y));
            }
        }
        EXPECT_LE(needless, 4 * 4) << radius;
        EXPECT_FALSE(mask.contains(QPoint(0, 0)));
        EXPECT_FALSE(mask.contains(QPoint(119, 79)));
    }
}

TEST(RoundedMask, OffTheScreenTranslucencyIsShown) {
    EXPECT_TRUE(isTranslucencyShown());
}

} // namespace
} // namespace ponder::ui
