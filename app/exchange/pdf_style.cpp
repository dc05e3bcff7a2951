#include "app/exchange/pdf_style.h"

#include "app/exchange/pdf_paper.h"

namespace ponder::app {

namespace {

struct Measures {
    qreal points;
    qreal lineHeight; // in points too
    ui::TextStyle kind;
    QColor ui::Colours::*colour;
};

Measures measuresOf(PdfText text) {
    using ui::Colours;
    using ui::TextStyle;
    switch (text) {
    case PdfText::Title:
        return {20, 26, TextStyle::Display, &Colours::text};
    case PdfText::About:
        return {9, 13, TextStyle::Caption, &Colours::muted};
    case PdfText::Speaker:
        return {8.5, 13, TextStyle::CaptionStrong, &Colours::muted};
    case PdfText::Heading1:
        return {15, 20, TextStyle::Heading1, &Colours::text};
    case PdfText::Heading2:
        return {13, 18, TextStyle::Heading2, &Colours::text};
    case PdfText::Heading3:
        return {11.5, 16, TextStyle::Heading3, &Colours::text};
    case PdfText::Heading4:
        return {10, 15, TextStyle::Heading4, &Colours::text};
    case PdfText::Thought:
        return {9, 13.5, TextStyle::Thought, &Colours::muted};
    case PdfText::Code:
        return {8.5, 12.5, TextStyle::Code, &Colours::text};
    case PdfText::CodeLabel:
        return {8, 12, TextStyle::Caption, &Colours::muted};
    case PdfText::Table:
        return {9, 13, TextStyle::Table, &Colours::text};
    case PdfText::TableHeader:
        return {9, 13, TextStyle::TableHeader, &Colours::text};
    case PdfText::Margin:
        return {8, 11, TextStyle::Caption, &Colours::muted};
    case PdfText::Body:
        break;
    }
    return {10, 15, TextStyle::Body, &Colours::text};
}

} // namespace

PdfTextStyle pdfStyle(PdfText text) {
    const Measures measures = measuresOf(text);
    PdfTextStyle style;
    style.font = ui::Theme().font(measures.kind);
    style.font.setPixelSize(int(points(measures.points)));
    style.lineHeight = points(measures.lineHeight);
    style.colour = pdfColours().*measures.colour;
    return style;
}

const ui::Colours& pdfColours() {
    return ui::coloursOf(ui::ColourScheme::Light);
}

} // namespace ponder::app
