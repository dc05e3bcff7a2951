#include "app/exchange/plain_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "app/exchange/markdown_events.h"

namespace ponder::app {

namespace {

std::size_t columnsOf(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char letter) { return (letter & 0xc0) != 0x80; }));
}

void appendUtf8(std::uint32_t code, std::string& text) {
    if (code == 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) code = 0xfffd;
    if (code < 0x80) {
        text += static_cast<char>(code);
    } else if (code < 0x800) {
        text += static_cast<char>(0xc0 | (code >> 6));
        text += static_cast<char>(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        text += static_cast<char>(0xe0 | (code >> 12));
        text += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
        text += static_cast<char>(0x80 | (code & 0x3f));
    } else {
        text += static_cast<char>(0xf0 | (code >> 18));
        text += static_cast<char>(0x80 | ((code >> 12) & 0x3f));
        text += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
        text += static_cast<char>(0x80 | (code & 0x3f));
    }
}

std::string entityText(const std::string& entity) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kNamed{{{"&amp;", "&"},
                                                                                          {"&lt;", "<"},
                                                                                          {"&gt;", ">"},
                                                                                          {"&quot;", "\""},
                                                                                          {"&apos;", "'"},
                                                                                          {"&nbsp;", " "},
                                                                                          {"&ndash;", "–"},
                                                                                          {"&mdash;", "—"}}};
    for (const auto& [name, text] : kNamed)
        if (entity == name) return std::string(text);
    if (!entity.starts_with("&#")) return entity;
    const bool hexadecimal = entity.size() > 3 && (entity[2] == 'x' || entity[2] == 'X');
    std::string text;
    appendUtf8(static_cast<std::uint32_t>(
                   std::strtoul(entity.c_str() + (hexadecimal ? 3 : 2), nullptr, hexadecimal ? 16 : 10)),
               text);
    return text;
}

/// Receives md4c's events and writes lines.
class Writer {
public:
    std::string take() {
        endLine();
        return std::move(out_);
    }

    void enterBlock(MD_BLOCKTYPE type, void* detail) {
        switch (type) {
        case MD_BLOCK_UL:
            beginList({.ordered = false,
                       .tight = static_cast<MD_BLOCK_UL_DETAIL*>(detail)->is_tight != 0,
                       .next = 0});
            break;
        case MD_BLOCK_OL: {
            const auto* list = static_cast<MD_BLOCK_OL_DETAIL*>(detail);
            beginList({.ordered = true, .tight = list->is_tight != 0, .next = list->start});
            break;
        }
        case MD_BLOCK_LI:
            beginItem(*static_cast<MD_BLOCK_LI_DETAIL*>(detail));
            break;
        case MD_BLOCK_CODE:
            beginBlock();
            code_ = true;
            break;
        case MD_BLOCK_HR:
            beginBlock();
            line_ = "---";
            endLine();
            break;
        case MD_BLOCK_TABLE:
            beginBlock();
            rows_.clear();
            break;
        case MD_BLOCK_TR:
            rows_.emplace_back();
            break;
        case MD_BLOCK_TH:
        case MD_BLOCK_TD:
            cell_.clear();
            inCell_ = true;
            break;
        case MD_BLOCK_P:
        case MD_BLOCK_H:
        case MD_BLOCK_HTML:
            beginBlock();
            break;
        default:
            break;
        }
    }

    void leaveBlock(MD_BLOCKTYPE type, void*) {
        switch (type) {
        case MD_BLOCK_UL:
        case MD_BLOCK_OL:
            endLine();
            lists_.pop_back();
            break;
        case MD_BLOCK_LI:
            endLine();
            break;
        case MD_BLOCK_CODE:
            endLine();
            code_ = false;
            break;
        case MD_BLOCK_TH:
        case MD_BLOCK_TD:
            inCell_ = false;
            rows_.back().push_back(cell_);
            break;
        case MD_BLOCK_TABLE:
            writeTable();
            break;
        case MD_BLOCK_P:
        case MD_BLOCK_H:
        case MD_BLOCK_HTML:
            endLine();
            break;
        default:
            break;
        }
    }

    void enterSpan(MD_SPANTYPE type, void*) {
        if (type == MD_SPAN_A || type == MD_SPAN_IMG) linkStarts_.push_back(target().size());
        if (type == MD_SPAN_LATEXMATH) target() += "$";
        if (type == MD_SPAN_LATEXMATH_DISPLAY) target() += "$$";
    }

    void leaveSpan(MD_SPANTYPE type, void* detail) {
        if (type == MD_SPAN_LATEXMATH) target() += "$";
        if (type == MD_SPAN_LATEXMATH_DISPLAY) target() += "$$";
        if (type != MD_SPAN_A && type != MD_SPAN_IMG) return;
        // The first field of both details is the address.
        const MD_ATTRIBUTE& address = type == MD_SPAN_A ? static_cast<MD_SPAN_A_DETAIL*>(detail)->href
                                                        : static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src;
        const std::string shown = target().substr(std::min(linkStarts_.back(), target().size()));
        linkStarts_.pop_back();
        const std::string link(address.text ? address.text : "", address.size);
        if (!link.empty() && link != shown && link != "mailto:" + shown) target() += " (" + link + ")";
    }

    void text(MD_TEXTTYPE type, std::string_view text) {
        switch (type) {
        case MD_TEXT_BR:
            inCell_ ? void(cell_ += ' ') : endLine();
            break;
        case MD_TEXT_SOFTBR:
            target() += ' ';
            break;
        case MD_TEXT_NULLCHAR:
            target() += "\xef\xbf\xbd";
            break;
        case MD_TEXT_ENTITY:
            target() += entityText(std::string(text));
            break;
        default:
            addLines(text);
            break;
        }
    }

private:
    struct List {
        bool ordered = false;
        bool tight = true;
        unsigned next = 0;
    };

    std::string& target() { return inCell_ ? cell_ : line_; }

    void addLines(std::string_view text) {
        for (const char letter : text) {
            if (letter == '\n' && !inCell_)
                endLine(code_ ? Empty::Keep : Empty::Drop);
            else
                target() += letter;
        }
    }

    enum class Empty { Keep, Drop };
    void endLine(Empty empty = Empty::Drop) {
        if (line_.empty() && empty == Empty::Drop) return;
        if (!line_.empty()) {
            const std::size_t depth = lists_.size();
            const std::size_t indent = depth == 0 ? 0 : 2 * (marker_.empty() ? depth : depth - 1);
            out_ += std::string(indent, ' ') + marker_ + line_;
            marker_.clear();
        }
        out_ += '\n';
        line_.clear();
    }

    void beginBlock() {
        endLine();
        const bool inTightList = !lists_.empty() && lists_.back().tight;
        if (!out_.empty() && !inTightList && marker_.empty() && !out_.ends_with("\n\n")) out_ += '\n';
    }

    void beginList(List list) {
        if (lists_.empty()) beginBlock();
        endLine();
        lists_.push_back(list);
    }

    void beginItem(const MD_BLOCK_LI_DETAIL& item) {
        endLine();
        List& list = lists_.back();
        if (!list.tight && !out_.empty() && !out_.ends_with("\n\n")) out_ += '\n';
        marker_ = list.ordered ? std::to_string(list.next++) + ". " : "- ";
        if (item.is_task) marker_ += item.task_mark == ' ' ? "[ ] " : "[x] ";
    }

    void writeTable() {
        std::vector<std::size_t> widths;
        for (const auto& row : rows_) {
            widths.resize(std::max(widths.size(), row.size()));
            for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columnsOf(row[i]));
        }
        for (const auto& row : rows_) {
            for (std::size_t i = 0; i < row.size(); ++i) {
                line_ += row[i];
                if (i + 1 < row.size()) line_ += std::string(widths[i] - columnsOf(row[i]) + 2, ' ');
            }
            endLine();
        }
    }

    std::string out_;
    std::string line_;
    std::string marker_; // of a list item whose first line is still to come
    std::vector<List> lists_;
    std::vector<std::size_t> linkStarts_;
    std::vector<std::vector<std::string>> rows_;
    std::string cell_;
    bool inCell_ = false;
    bool code_ = false;
};

} // namespace

std::string plainText(std::string_view markdown) {
    Writer result;
    // The text as it was written is better than none.
    if (!hearMarkdown(markdown, result)) return std::string(markdown) + "\n";
    return result.take();
}

} // namespace ponder::app
