#include "ui/theme.h"

#include "ui/branches/comparison.h"
#include "ui/tokens/token_view.h"

#include <gtest/gtest.h>

#include <QSet>
#include <QSignalSpy>

#include <algorithm>
#include <cmath>

namespace ponder::ui {
namespace {

constexpr ColourScheme kSchemes[] = {ColourScheme::Light, ColourScheme::Dark, ColourScheme::HighContrastLight,
                                     ColourScheme::HighContrastDark};

double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour) {
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

/// WCAG 2.2: relative contrast of two colours, 1 to 21.
double contrast(const QColor& first, const QColor& second) {
    const auto [dark, light] = std::minmax({luminance(first), luminance(second)});
    return (light + 0.05) / (dark + 0.05);
}

TEST(Theme, EveryTextIsReadableOnEveryGround) {
    for (ColourScheme scheme : kSchemes) {
        const Colours& colours = coloursOf(scheme);
        const auto expectReadable = [&](const QColor& text, const QColor& ground) {
            EXPECT_GE(contrast(text, ground), 4.5)
                << int(scheme) << ": " << text.name().toStdString() << " on " << ground.name().toStdString();
        };
        for (const QColor& ground :
             {colours.background, colours.side, colours.surface, colours.bubble, colours.code}) {
            for (const QColor& text : {colours.text, colours.muted, colours.link, colours.danger,
                                       colours.success, colours.warning, colours.accent}) {
                expectReadable(text, ground);
            }
        }
        for (const QColor& ground : {colours.codeHeader, colours.selectedRow}) {
            expectReadable(colours.text, ground);
            expectReadable(colours.muted, ground);
        }
        EXPECT_GE(contrast(colours.text, colours.selection), 4.5);
        EXPECT_GE(contrast(colours.text, colours.found), 4.5);
        EXPECT_GE(contrast(colours.text, colours.currentFound), 4.5);
        EXPECT_GE(contrast(colours.onAccent, colours.accent), 4.5);
        EXPECT_GE(contrast(colours.background, colours.text), 4.5); // the send button's arrow
    }
}

TEST(Theme, TextIsReadableOnEveryTint) {
    for (ColourScheme scheme : kSchemes) {
        const Colours& colours = coloursOf(scheme);
        for (const QColor& tint : {mixed(colours.warning, colours.surface, TokenView::kStrongestTint),
                                   mixed(colours.danger, colours.surface, Comparison::kTint),
                                   mixed(colours.success, colours.surface, Comparison::kTint)}) {
            EXPECT_GE(contrast(colours.text, tint), 4.5) << int(scheme) << ": " << tint.name().toStdString();
        }
    }
}

TEST(Theme, ColouredCodeIsReadableAndItsKindsDiffer) {
    for (ColourScheme scheme : kSchemes) {
        const Colours& colours = coloursOf(scheme);
        QSet<QRgb> different;
        for (const QColor& ink :
             {colours.codeKeyword, colours.codeString, colours.codeComment, colours.codeNumber,
              colours.codeFunction, colours.codeType, colours.codeOperator, colours.codeTag}) {
            EXPECT_GE(contrast(ink, colours.code), 4.5) << int(scheme) << ": " << ink.name().toStdString();
            different.insert(ink.rgb());
        }
        EXPECT_EQ(different.size(), 8) << int(scheme);
    }
}

TEST(Theme, OutlinesOfControlsStandOut) {
    for (ColourScheme scheme : kSchemes) {
        const Colours& colours = coloursOf(scheme);
        EXPECT_GE(contrast(colours.outline, colours.background), 3.0);
        EXPECT_GE(contrast(colours.outline, colours.surface), 3.0);
    }
}

TEST(Theme, FollowsTheDesktopUntilThePersonChooses) {
    Theme theme;
    QSignalSpy changes(&theme, &Theme::changed);
    theme.setSystemScheme(ColourScheme::Dark);
    EXPECT_TRUE(theme.isDark());
    theme.setAppearance(Appearance::Light);
    EXPECT_FALSE(theme.isDark());
    theme.setAppearance(Appearance::HighContrast);
    EXPECT_EQ(theme.scheme(), ColourScheme::HighContrastDark);
    EXPECT_EQ(changes.size(), 3);
    theme.setAppearance(Appearance::HighContrast);
    EXPECT_EQ(changes.size(), 3) << "nothing changed, nobody is told";
}

TEST(Theme, TextSizeScalesFontsAndStaysWithinReason) {
    Theme theme;
    EXPECT_EQ(theme.font(TextStyle::Body).pixelSize(), 15);
    EXPECT_EQ(theme.lineHeight(TextStyle::Body), 24);
    EXPECT_EQ(theme.lineHeight(TextStyle::Code), 20);
    theme.setTextSize(30);
    EXPECT_EQ(theme.textSize(), Theme::kLargestText);
    EXPECT_EQ(theme.font(TextStyle::Body).pixelSize(), 24);
    EXPECT_GT(theme.font(TextStyle::Caption).pixelSize(), 12);
    theme.setTextSize(2);
    EXPECT_EQ(theme.textSize(), Theme::kSmallestText);
}

TEST(Theme, CodeIsDrawnWithoutLigatures) {
    const Theme theme;
    EXPECT_TRUE(theme.font(TextStyle::Code).styleStrategy() & QFont::PreferNoShaping);
    EXPECT_FALSE(theme.font(TextStyle::Body).styleStrategy() & QFont::PreferNoShaping);
}

} // namespace
} // namespace ponder::ui
