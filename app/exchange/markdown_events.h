#pragma once

#include <md4c.h>

#include <string_view>

namespace ponder::app {

/// Lets a writer hear of everything in a Markdown text: enterBlock, leaveBlock, enterSpan, leaveSpan (type
/// and md4c's detail), text. False when memory ran out, md4c's only failure.
template <typename Writer>
bool hearMarkdown(std::string_view markdown, Writer& writer) {
    MD_PARSER parser{};
    parser.flags = MD_DIALECT_GITHUB | MD_FLAG_NOHTML | MD_FLAG_LATEXMATHSPANS;
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* user) {
        static_cast<Writer*>(user)->enterBlock(type, detail);
        return 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void* detail, void* user) {
        static_cast<Writer*>(user)->leaveBlock(type, detail);
        return 0;
    };
    parser.enter_span = [](MD_SPANTYPE type, void* detail, void* user) {
        static_cast<Writer*>(user)->enterSpan(type, detail);
        return 0;
    };
    parser.leave_span = [](MD_SPANTYPE type, void* detail, void* user) {
        static_cast<Writer*>(user)->leaveSpan(type, detail);
        return 0;
    };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* user) {
        static_cast<Writer*>(user)->text(type, std::string_view(text, size));
        return 0;
    };
    return md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, &writer) == 0;
}

} // namespace ponder::app
