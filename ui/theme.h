#pragma once

#include <QColor>
#include <QFont>
#include <QObject>

namespace ponder::ui {

class Typesetter;

/// What the person chose; System follows the desktop.
enum class Appearance { System, Light, Dark, HighContrast };

/// The tables of colours that exist.
enum class ColourScheme { Light, Dark, HighContrastLight, HighContrastDark };

/// Named colours. Every pair of text and background in use keeps a contrast of at least 4.5.
struct Colours {
    QColor background;  ///< behind the transcript
    QColor side;        ///< behind the sidebar
    QColor surface;     ///< composer and popups
    QColor bubble;      ///< a person's message, inline code, hover
    QColor code;        ///< body of a code block
    QColor codeHeader;  ///< header of a code block or table
    QColor selectedRow; ///< open chat, pressed
    QColor border;      ///< decorative
    QColor outline;     ///< of inputs and checkboxes
    QColor text;
    QColor muted;
    QColor accent; ///< and focus ring
    QColor onAccent;
    QColor link;
    QColor danger;
    QColor success;
    QColor warning;
    QColor selection;   ///< behind selected text, which is drawn in `text`
    QColor codeKeyword; ///< these eight in code, on `code`
    QColor codeString;
    QColor codeComment;
    QColor codeNumber;
    QColor codeFunction;
    QColor codeType;
    QColor codeOperator;
    QColor codeTag;
    QColor found;        ///< behind what was searched for, drawn in `text`
    QColor currentFound; ///< behind the one of them that is looked at
};

const Colours& coloursOf(ColourScheme scheme);

/// `ink` as a veil over `paper`: 0 is the paper alone, 1 the ink.
QColor mixed(const QColor& ink, const QColor& paper, double part);

/// Roles of text; sizes follow the base size (15 px unless chosen otherwise).
enum class TextStyle {
    Body,
    BodyStrong,
    Heading1,
    Heading2,
    Heading3,
    Heading4,
    Thought,
    Table,
    TableHeader,
    Code,
    Control,
    ControlStrong,
    Label,
    Caption,
    CaptionStrong,
    Title,
    Display,
};

/// Distances in pixels at the base size; they do not grow with it.
namespace space {
constexpr int kTiny = 4;
constexpr int kSmall = 8;
constexpr int kMedium = 12;
constexpr int kLarge = 16;
constexpr int kWide = 24;
constexpr int kHuge = 32;
} // namespace space

namespace radius {
constexpr int kInlineCode = 4;
constexpr int kControl = 8;
constexpr int kTable = 8;
constexpr int kCode = 10;
constexpr int kPanel = 16;
} // namespace radius

/// Colours, fonts and sizes of everything on screen; nothing else hard-codes one. One object, made in main,
/// handed to each widget by reference; `changed` asks them to take it up again. UI thread only.
class Theme : public QObject {
    Q_OBJECT
public:
    static constexpr int kDefaultTextSize = 15;
    static constexpr int kSmallestText = 12;
    static constexpr int kLargestText = 24;

    explicit Theme(QObject* parent = nullptr);
    ~Theme() override;

    Appearance appearance() const { return appearance_; }
    void setAppearance(Appearance appearance);
    /// What the desktop asks for; heeded while the appearance is System.
    void setSystemScheme(ColourScheme scheme);
    ColourScheme scheme() const;
    bool isDark() const;
    bool isHighContrast() const;

    int textSize() const { return textSize_; }
    void setTextSize(int pixels);

    const Colours& colours() const { return coloursOf(scheme()); }
    QFont font(TextStyle style) const;
    /// Distance from baseline to baseline, whole pixels.
    int lineHeight(TextStyle style) const;
    /// `pixels` at the base size, scaled to the chosen one.
    int scaled(int pixels) const;

    /// Colours code and sets formulas for whoever draws text; null: both stay plain. Outlives the theme's
    /// users.
    Typesetter* typesetter() const { return typesetter_; }
    void setTypesetter(Typesetter* typesetter) { typesetter_ = typesetter; }

signals:
    void changed();

private:
    Appearance appearance_ = Appearance::System;
    ColourScheme systemScheme_ = ColourScheme::Light;
    int textSize_ = kDefaultTextSize;
    Typesetter* typesetter_ = nullptr;
};

} // namespace ponder::ui
