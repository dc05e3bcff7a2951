#include "app/exchange/json_elements.h"

#include <nlohmann/json.hpp>

namespace ponder::app {

namespace {

using nlohmann::json;

constexpr std::string_view kSpace = " \t\r\n";
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

bool holdsChats(const std::string& key) {
    return key == "chats" || key == "conversations" || key == "data";
}

/// Walks along the outermost brackets of a document and leaves what is in them to the real parser.
class Walker {
public:
    Walker(std::string_view text, const std::function<void(const json&)>& take,
           const std::function<void(std::size_t)>& passed)
        : text_(text), take_(take), passed_(passed) {}

    void walk() {
        if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
        skipSpace();
        const std::size_t start = at_;
        if (next() == '[') {
            walkArray();
        } else if (next() != '{' || !walkObject()) {
            at_ = start;
            take_(value());
        }
        skipSpace();
        if (at_ < text_.size()) throw BrokenJson(at_ + 1);
    }

private:
    char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    void skipSpace() { at_ = std::min(text_.find_first_not_of(kSpace, at_), text_.size()); }
    void expect(char sign) {
        skipSpace();
        if (next() != sign) throw BrokenJson(at_ + 1);
        ++at_;
        skipSpace();
    }

    void walkArray() {
        expect('[');
        if (next() == ']') return expect(']');
        for (;;) {
            take_(value());
            passed_(at_);
            skipSpace();
            if (next() == ']') return expect(']');
            expect(',');
        }
    }

    /// False where none of the members holds chats: the object may be one itself.
    bool walkObject() {
        bool found = false;
        expect('{');
        if (next() == '}') return false;
        for (;;) {
            skipSpace();
            if (next() != '"') throw BrokenJson(at_ + 1);
            const std::string key = value().get<std::string>();
            expect(':');
            if (next() == '[' && holdsChats(key)) {
                walkArray();
                found = true;
            } else {
                skipValue();
            }
            skipSpace();
            if (next() == '}') {
                ++at_;
                return found;
            }
            expect(',');
        }
    }

    /// The end of the value that begins here, were it sound.
    std::size_t endOfValue() const {
        std::size_t at = at_;
        std::size_t depth = 0;
        while (at < text_.size()) {
            switch (text_[at]) {
            case '"':
                at = endOfString(at);
                break;
            case '[':
            case '{':
                ++depth;
                ++at;
                break;
            case ']':
            case '}':
                if (depth == 0) return at;
                --depth;
                ++at;
                break;
            case ',':
                if (depth == 0) return at;
                ++at;
                break;
            case ' ':
            case '\t':
            case '\r':
            case '\n':
            case ':':
                if (depth == 0) return at;
                ++at;
                break;
            default:
                ++at;
            }
            if (depth == 0 && at > at_ &&
                (text_[at - 1] == '"' || text_[at - 1] == ']' || text_[at - 1] == '}'))
                return at;
        }
        return at;
    }

    std::size_t endOfString(std::size_t at) const {
        for (++at; at < text_.size(); ++at) {
            if (text_[at] == '\\')
                ++at;
            else if (text_[at] == '"')
                return at + 1;
        }
        return text_.size();
    }

    json value() {
        const std::size_t start = at_;
        at_ = endOfValue();
        try {
            return json::parse(text_.begin() + static_cast<std::ptrdiff_t>(start),
                               text_.begin() + static_cast<std::ptrdiff_t>(at_));
        } catch (const json::parse_error& error) {
            throw BrokenJson(start + error.byte);
        }
    }

    void skipValue() {
        const std::size_t start = at_;
        const std::size_t end = endOfValue();
        if (json::accept(text_.begin() + static_cast<std::ptrdiff_t>(start),
                         text_.begin() + static_cast<std::ptrdiff_t>(end)))
            at_ = end;
        else
            value(); // says where
    }

    std::string_view text_;
    std::size_t at_ = 0;
    const std::function<void(const json&)>& take_;
    const std::function<void(std::size_t)>& passed_;
};

} // namespace

void forEachElement(std::string_view document, const std::function<void(const json&)>& take,
                    const std::function<void(std::size_t)>& passed) {
    Walker(document, take, passed).walk();
}

} // namespace ponder::app
