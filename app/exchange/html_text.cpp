#include "app/exchange/html_text.h"

#include <algorithm>

#include "app/exchange/markdown_events.h"
#include "app/exchange/web_address.h"

namespace ponder::app {

namespace {

std::string textOf(const MD_ATTRIBUTE& attribute) {
    return attribute.size == 0 ? std::string() : std::string(attribute.text, attribute.size);
}

const char* alignment(const void* detail) {
    switch (static_cast<const MD_BLOCK_TD_DETAIL*>(detail)->align) {
    case MD_ALIGN_CENTER:
        return " style=\"text-align:center\"";
    case MD_ALIGN_RIGHT:
        return " style=\"text-align:right\"";
    default:
        return "";
    }
}

/// Receives md4c's events and writes tags.
class Writer {
public:
    std::string take() { return std::move(out_); }

    void enterBlock(MD_BLOCKTYPE type, void* detail) {
        switch (type) {
        case MD_BLOCK_OL:
            out_ +=
                "<ol start=\"" + std::to_string(static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start) + "\">\n";
            break;
        case MD_BLOCK_LI: {
            const auto* item = static_cast<MD_BLOCK_LI_DETAIL*>(detail);
            out_ += "<li>";
            if (item->is_task) out_ += item->task_mark == ' ' ? "☐ " : "☑ ";
            break;
        }
        case MD_BLOCK_H:
            level_ = std::min(6U, static_cast<MD_BLOCK_H_DETAIL*>(detail)->level + kChatHeading);
            out_ += "<h" + std::to_string(level_) + ">";
            break;
        case MD_BLOCK_CODE: {
            const std::string language = textOf(static_cast<MD_BLOCK_CODE_DETAIL*>(detail)->lang);
            out_ += "<figure>";
            if (!language.empty()) out_ += "<figcaption>" + escapedForHtml(language) + "</figcaption>";
            out_ += "<pre><code>";
            break;
        }
        case MD_BLOCK_HR:
            out_ += "<hr>\n";
            break;
        case MD_BLOCK_TABLE:
            out_ += "<div class=\"wide\"><table>\n";
            break;
        case MD_BLOCK_TH:
        case MD_BLOCK_TD:
            out_ += std::string(type == MD_BLOCK_TH ? "<th" : "<td") + alignment(detail) + ">";
            break;
        default:
            if (const std::string name = nameOf(type); !name.empty()) out_ += "<" + name + ">";
        }
    }

    void leaveBlock(MD_BLOCKTYPE type, void*) {
        switch (type) {
        case MD_BLOCK_OL:
            out_ += "</ol>\n";
            break;
        case MD_BLOCK_H:
            out_ += "</h" + std::to_string(level_) + ">\n";
            break;
        case MD_BLOCK_CODE:
            out_ += "</code></pre></figure>\n";
            break;
        case MD_BLOCK_TABLE:
            out_ += "</table></div>\n";
            break;
        default:
            if (const std::string name = nameOf(type); !name.empty()) out_ += "</" + name + ">\n";
        }
    }

    void enterSpan(MD_SPANTYPE type, void* detail) {
        switch (type) {
        case MD_SPAN_A:
            openLink(textOf(static_cast<MD_SPAN_A_DETAIL*>(detail)->href));
            break;
        case MD_SPAN_IMG:
            openLink(textOf(static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src));
            break;
        case MD_SPAN_LATEXMATH:
        case MD_SPAN_LATEXMATH_DISPLAY:
            out_ += type == MD_SPAN_LATEXMATH ? "<code>$" : "<code>$$";
            break;
        default:
            out_ += std::string("<") + nameOf(type) + ">";
        }
    }

    void leaveSpan(MD_SPANTYPE type, void*) {
        switch (type) {
        case MD_SPAN_A:
        case MD_SPAN_IMG:
            closeLink();
            break;
        case MD_SPAN_LATEXMATH:
        case MD_SPAN_LATEXMATH_DISPLAY:
            out_ += type == MD_SPAN_LATEXMATH ? "$</code>" : "$$</code>";
            break;
        default:
            out_ += std::string("</") + nameOf(type) + ">";
        }
    }

    void text(MD_TEXTTYPE type, std::string_view text) {
        switch (type) {
        case MD_TEXT_BR:
        case MD_TEXT_SOFTBR:
            out_ += type == MD_TEXT_BR ? "<br>\n" : "\n";
            break;
        case MD_TEXT_NULLCHAR:
            out_ += "\xef\xbf\xbd";
            break;
        case MD_TEXT_ENTITY: // "&name;" as md4c found it: letters, digits and # only
            out_ += text;
            break;
        default:
            out_ += escapedForHtml(text);
        }
    }

private:
    static constexpr unsigned kChatHeading = 2; // below the chat's title and the speaker's name

    static std::string nameOf(MD_BLOCKTYPE type) {
        switch (type) {
        case MD_BLOCK_QUOTE:
            return "blockquote";
        case MD_BLOCK_UL:
            return "ul";
        case MD_BLOCK_LI:
            return "li";
        case MD_BLOCK_P:
            return "p";
        case MD_BLOCK_THEAD:
            return "thead";
        case MD_BLOCK_TBODY:
            return "tbody";
        case MD_BLOCK_TR:
            return "tr";
        case MD_BLOCK_TH:
            return "th";
        case MD_BLOCK_TD:
            return "td";
        default:
            return {};
        }
    }

    static const char* nameOf(MD_SPANTYPE type) {
        switch (type) {
        case MD_SPAN_EM:
            return "em";
        case MD_SPAN_STRONG:
            return "strong";
        case MD_SPAN_DEL:
            return "del";
        case MD_SPAN_U:
            return "u";
        case MD_SPAN_CODE:
            return "code";
        default:
            return "span";
        }
    }

    // A link within a link (a picture that leads somewhere) is the outer one.
    void openLink(const std::string& address) {
        if (links_++ > 0) return;
        linked_ = isWebAddress(address);
        out_ += linked_ ? "<a rel=\"noreferrer\" href=\"" + escapedForHtml(address) + "\">"
                        : std::string("<span>");
    }
    void closeLink() {
        if (--links_ == 0) out_ += linked_ ? "</a>" : "</span>";
    }

    std::string out_;
    unsigned level_ = 1;
    int links_ = 0;
    bool linked_ = false;
};

} // namespace

std::string escapedForHtml(std::string_view text) {
    std::string escaped;
    for (const char letter : text) {
        switch (letter) {
        case '&':
            escaped += "&amp;";
            break;
        case '<':
            escaped += "&lt;";
            break;
        case '>':
            escaped += "&gt;";
            break;
        case '"':
            escaped += "&quot;";
            break;
        case '\'':
            escaped += "&#39;";
            break;
        default:
            // Control characters are no part of HTML.
            if (static_cast<unsigned char>(letter) >= 0x20 || letter == '\n' || letter == '\t')
                escaped += letter;
        }
    }
    return escaped;
}

std::string htmlText(std::string_view markdown) {
    Writer result;
    // The text as it was written is better than none.
    if (!hearMarkdown(markdown, result)) return "<pre>" + escapedForHtml(markdown) + "</pre>\n";
    return result.take();
}

} // namespace ponder::app
