#pragma once

#include "ui/markdown/footnotes.h"
#include "ui/markdown/markdown_parser.h"

#include <md4c.h>

#include <vector>

namespace ponder::ui {

/// Turns md4c's enter and leave calls into the flat list of blocks.
class BlockBuilder {
public:
    BlockBuilder(LineBreaks lineBreaks, Footnotes& notes) : lineBreaks_(lineBreaks), notes_(notes) {}

    void enterBlock(MD_BLOCKTYPE type, void* detail);
    void leaveBlock(MD_BLOCKTYPE type);
    void enterSpan(MD_SPANTYPE type, void* detail);
    void leaveSpan(MD_SPANTYPE type);
    void text(MD_TEXTTYPE type, const MD_CHAR* characters, MD_SIZE size);

    std::vector<MarkdownBlock> take() {
        finish();
        return std::move(blocks_);
    }

private:
    struct Container {
        bool quote = false;
        bool ordered = false;
        bool tight = false;
        unsigned next = 0;
    };

    void openContainer(const Container& container) {
        finish();
        containers_.push_back(container);
    }
    void closeContainer() {
        finish();
        if (!containers_.empty()) containers_.pop_back();
    }
    void enterItem(const MD_BLOCK_LI_DETAIL& item);
    void start(MarkdownKind kind);
    void finish();
    void finishText();
    void append(const QString& text);
    void appendRunning(QString text);
    void beginNote(const QString& label);
    void continueNote();
    void appendReference(const QString& label, const QString& shown);
    void enterLink(const MD_ATTRIBUTE& address);
    InlineText& target() { return inCell_ ? cell_ : current_.content; }
    Nesting nesting() const;

    LineBreaks lineBreaks_;
    Footnotes& notes_;
    QString lastNote_;
    std::vector<MarkdownBlock> blocks_;
    MarkdownBlock current_;
    bool open_ = false;
    std::vector<Container> containers_;
    std::vector<ListMarker> pendingMarkers_;
    InlineText cell_;
    int cellColumn_ = 0;
    bool inCell_ = false;
    bool dropsCell_ = false; ///< one too many
    quint8 style_ = 0;
    bool formulaBegins_ = false; ///< what comes next is not one with the formula before
    std::vector<int> linkStack_;
    int emphasis_ = 0;
    int strong_ = 0;
};

} // namespace ponder::ui
