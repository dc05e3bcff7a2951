#include "ui/theme.h"

#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace ponder::ui {

namespace {

// The columns of each table are in the order of the members of Colours.
const Colours kLight{
    .background = "#FFFFFF",
    .side = "#F6F6F4",
    .surface = "#FFFFFF",
    .bubble = "#F0F0ED",
    .code = "#F7F7F5",
    .codeHeader = "#EFEFEC",
    .selectedRow = "#E7E7E3",
    .border = "#E3E3DF",
    .outline = "#8A8D93",
    .text = "#1F2023",
    .muted = "#5F636B",
    .accent = "#2F62D9",
    .onAccent = "#FFFFFF",
    .link = "#2456C4",
    .danger = "#B3261E",
    .success = "#1A7034",
    .warning = "#8A5200",
    .selection = "#BFD3FF",
    .codeKeyword = "#8B2FB0",
    .codeString = "#1A7034",
    .codeComment = "#6A6F76",
    .codeNumber = "#A04A00",
    .codeFunction = "#1F5FBF",
    .codeType = "#8A5200",
    .codeOperator = "#44494F",
    .codeTag = "#A3283A",
    .found = "#FFEBA6",
    .currentFound = "#FFBE3D",
};

const Colours kDark{
    .background = "#1B1C1E",
    .side = "#151617",
    .surface = "#242528",
    .bubble = "#2A2C30",
    .code = "#151617",
    .codeHeader = "#232427",
    .selectedRow = "#2A2C30",
    .border = "#34363A",
    .outline = "#75797F",
    .text = "#ECECEE",
    .muted = "#A3A7AE",
    .accent = "#7EA6FF",
    .onAccent = "#0F1115",
    .link = "#8FB2FF",
    .danger = "#FF8A80",
    .success = "#8FD694",
    .warning = "#EBCB8B",
    .selection = "#2E4A85",
    .codeKeyword = "#D59BF6",
    .codeString = "#8FD694",
    .codeComment = "#8D939B",
    .codeNumber = "#F2B374",
    .codeFunction = "#85B6FF",
    .codeType = "#EBCB8B",
    .codeOperator = "#C5C8CE",
    .codeTag = "#F28B93",
    .found = "#57481C",
    .currentFound = "#8A5A00",
};

const Colours kHighContrastLight{
    .background = "#FFFFFF",
    .side = "#FFFFFF",
    .surface = "#FFFFFF",
    .bubble = "#FFFFFF",
    .code = "#FFFFFF",
    .codeHeader = "#FFFFFF",
    .selectedRow = "#FFFFFF",
    .border = "#000000",
    .outline = "#000000",
    .text = "#000000",
    .muted = "#000000",
    .accent = "#0000C8",
    .onAccent = "#FFFFFF",
    .link = "#0000C8",
    .danger = "#8C0000",
    .success = "#004D1A",
    .warning = "#5C3700",
    .selection = "#B8C8FF",
    .codeKeyword = "#6A0F8E",
    .codeString = "#004D1A",
    .codeComment = "#4A4A4A",
    .codeNumber = "#7A3300",
    .codeFunction = "#0000C8",
    .codeType = "#5C3700",
    .codeOperator = "#000000",
    .codeTag = "#8C0000",
    .found = "#FFF27A",
    .currentFound = "#FFB000",
};

const Colours kHighContrastDark{
    .background = "#000000",
    .side = "#000000",
    .surface = "#000000",
    .bubble = "#000000",
    .code = "#000000",
    .codeHeader = "#000000",
    .selectedRow = "#000000",
    .border = "#FFFFFF",
    .outline = "#FFFFFF",
    .text = "#FFFFFF",
    .muted = "#FFFFFF",
    .accent = "#9CC2FF",
    .onAccent = "#000000",
    .link = "#9CC2FF",
    .danger = "#FFB3AD",
    .success = "#B6F2BA",
    .warning = "#FFE3A6",
    .selection = "#003C9E",
    .codeKeyword = "#E3B8FF",
    .codeString = "#B6F2BA",
    .codeComment = "#C8C8C8",
    .codeNumber = "#FFC896",
    .codeFunction = "#9CC2FF",
    .codeType = "#FFE3A6",
    .codeOperator = "#FFFFFF",
    .codeTag = "#FFB3AD",
    .found = "#4A4000",
    .currentFound = "#8A5000",
};

struct StyleMetrics {
    int size;
    double lineHeight; // in sizes
    QFont::Weight weight;
};

StyleMetrics metricsOf(TextStyle style) {
    switch (style) {
    case TextStyle::Body:
        return {15, 1.6, QFont::Normal};
    case TextStyle::BodyStrong:
        return {15, 1.6, QFont::DemiBold};
    case TextStyle::Heading1:
        return {22, 1.35, QFont::DemiBold};
    case TextStyle::Heading2:
        return {19, 1.35, QFont::DemiBold};
    case TextStyle::Heading3:
        return {17, 1.35, QFont::DemiBold};
    case TextStyle::Heading4:
        return {15, 1.35, QFont::DemiBold};
    case TextStyle::Thought:
        return {14, 1.6, QFont::Normal};
    case TextStyle::Table:
        return {14, 1.5, QFont::Normal};
    case TextStyle::TableHeader:
        return {14, 1.5, QFont::DemiBold};
    case TextStyle::Code:
        return {13, 20.0 / 13, QFont::Normal};
    case TextStyle::Control:
        return {14, 1.45, QFont::Normal};
    case TextStyle::ControlStrong:
        return {14, 1.45, QFont::Medium};
    case TextStyle::Label:
        return {13, 1.4, QFont::Medium};
    case TextStyle::Caption:
        return {12, 1.35, QFont::Normal};
    case TextStyle::CaptionStrong:
        return {12, 1.35, QFont::Medium};
    case TextStyle::Title:
        return {15, 1.35, QFont::DemiBold};
    case TextStyle::Display:
        return {26, 1.3, QFont::DemiBold};
    }
    return {15, 1.6, QFont::Normal};
}

/// Han characters differ by language: the person's own comes first.
QStringList hanFamilies() {
    QStringList families{"Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans CJK TC", "Noto Sans CJK KR"};
    const QLocale locale;
    if (locale.language() == QLocale::Japanese) families.move(1, 0);
    if (locale.language() == QLocale::Korean) families.move(3, 0);
    if (locale.language() == QLocale::Chinese && locale.script() == QLocale::TraditionalChineseScript) {
        families.move(2, 0);
    }
    return families.mid(0, 1);
}

QStringList textFamilies() {
    static const QStringList families =
        QStringList{"Inter", "Noto Sans", "DejaVu Sans"} + hanFamilies() + QStringList{"Noto Color Emoji"};
    return families;
}

QStringList codeFamilies() {
    static const QStringList families = QStringList{"JetBrains Mono", "DejaVu Sans Mono"} + hanFamilies() +
                                        QStringList{"Noto Color Emoji", "monospace"};
    return families;
}

} // namespace

const Colours& coloursOf(ColourScheme scheme) {
    switch (scheme) {
    case ColourScheme::Light:
        return kLight;
    case ColourScheme::Dark:
        return kDark;
    case ColourScheme::HighContrastLight:
        return kHighContrastLight;
    case ColourScheme::HighContrastDark:
        return kHighContrastDark;
    }
    return kLight;
}

QColor mixed(const QColor& ink, const QColor& paper, double part) {
    const auto channel = [part](float a, float b) { return float(part * a + (1 - part) * b); };
    return QColor::fromRgbF(channel(ink.redF(), paper.redF()), channel(ink.greenF(), paper.greenF()),
                            channel(ink.blueF(), paper.blueF()));
}

Theme::Theme(QObject* parent) : QObject(parent) {}
Theme::~Theme() = default;

void Theme::setAppearance(Appearance appearance) {
    if (appearance == appearance_) return;
    appearance_ = appearance;
    emit changed();
}

void Theme::setSystemScheme(ColourScheme scheme) {
    if (scheme == systemScheme_) return;
    systemScheme_ = scheme;
    emit changed();
}

ColourScheme Theme::scheme() const {
    const bool systemIsDark =
        systemScheme_ == ColourScheme::Dark || systemScheme_ == ColourScheme::HighContrastDark;
    switch (appearance_) {
    case Appearance::System:
        return systemScheme_;
    case Appearance::Light:
        return ColourScheme::Light;
    case Appearance::Dark:
        return ColourScheme::Dark;
    case Appearance::HighContrast:
        return systemIsDark ? ColourScheme::HighContrastDark : ColourScheme::HighContrastLight;
    }
    return ColourScheme::Light;
}

bool Theme::isDark() const {
    return scheme() == ColourScheme::Dark || scheme() == ColourScheme::HighContrastDark;
}

bool Theme::isHighContrast() const {
    return scheme() == ColourScheme::HighContrastLight || scheme() == ColourScheme::HighContrastDark;
}

void Theme::setTextSize(int pixels) {
    pixels = std::clamp(pixels, kSmallestText, kLargestText);
    if (pixels == textSize_) return;
    textSize_ = pixels;
    emit changed();
}

QFont Theme::font(TextStyle style) const {
    const StyleMetrics metrics = metricsOf(style);
    QFont font;
    font.setPixelSize(scaled(metrics.size));
    font.setWeight(metrics.weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    if (style == TextStyle::Code) {
        font.setFamilies(codeFamilies());
        // Without shaping there are no ligatures: /= and != stay two characters each.
        font.setStyleStrategy(QFont::PreferNoShaping);
    } else {
        font.setFamilies(textFamilies());
    }
    return font;
}

int Theme::lineHeight(TextStyle style) const {
    const StyleMetrics metrics = metricsOf(style);
    return int(std::lround(scaled(metrics.size) * metrics.lineHeight));
}

int Theme::scaled(int pixels) const {
    return int(std::lround(double(pixels) * textSize_ / kDefaultTextSize));
}

} // namespace ponder::ui
