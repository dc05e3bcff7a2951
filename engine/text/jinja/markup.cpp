#include "engine/text/jinja/markup.h"

#include "engine/text/jinja/unicode.h"

namespace ponder::engine::jinja {

Text escapeHtml(const Text& text) {
    return mapCharacters(text, [](std::int32_t point) -> std::string {
        switch (point) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '\'':
            return "&#39;";
        case '"':
            return "&#34;";
        default: {
            std::string same;
            appendCodePoint(same, point);
            return same;
        }
        }
    });
}

} // namespace ponder::engine::jinja
