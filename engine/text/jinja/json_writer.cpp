#include "engine/text/jinja/json_writer.h"

#include "engine/text/jinja/failure.h"
#include "engine/text/jinja/operators.h"
#include "engine/text/jinja/printing.h"
#include "engine/text/jinja/sorting.h"
#include "engine/text/jinja/unicode.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace ponder::engine::jinja {

namespace {

std::string unicodeEscape(std::int32_t point) {
    std::array<char, 16> escape{};
    std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(point));
    return escape.data();
}

std::string escapedCharacter(std::int32_t point, bool onlyAscii) {
    switch (point) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    case '\b':
        return "\\b";
    case '\f':
        return "\\f";
    default:
        break;
    }
    if (point < 0x20) return unicodeEscape(point);
    if (onlyAscii && point >= 0x10000) {
        const std::int32_t rest = point - 0x10000;
        return unicodeEscape(0xD800 + (rest >> 10)) + unicodeEscape(0xDC00 + (rest & 0x3FF));
    }
    if (onlyAscii && point >= 0x7F + 1) return unicodeEscape(point);
    std::string text;
    appendCodePoint(text, point);
    return text;
}

std::string numberText(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
    return floatText(value);
}

class JsonWriter {
public:
    JsonWriter(Runtime& runtime, const JsonStyle& style) : runtime_(runtime), style_(style) {}

    void write(const Value& value) {
        runtime_.budget.work();
        runtime_.budget.demand(out_.size());
        if (const String* string = value.string())
            writeString(string->text);
        else if (value.isNone())
            mark("null");
        else if (const bool* truth = value.as<bool>())
            mark(*truth ? "true" : "false");
        else if (const auto* integer = value.as<std::int64_t>())
            mark(std::to_string(*integer));
        else if (const double* number = value.as<double>())
            mark(numberText(*number));
        else if (const Dict* dict = value.dict())
            writeDict(*dict);
        else if (const List* list = value.list();
                 list && (list->kind == ListKind::List || list->kind == ListKind::Tuple))
            writeList(*list);
        else
            fail("a value of type " + typeName(value) + " cannot be written as JSON");
    }

    Text take() { return std::move(out_); }

private:
    void mark(std::string_view text) { out_.append(text, Origin::Markup); }

    void writeString(const Text& text) {
        mark("\"");
        runtime_.budget.bytesRead(text.size());
        out_.append(mapCharacters(
            text, [&](std::int32_t point) { return escapedCharacter(point, style_.onlyAscii); }));
        mark("\"");
    }

    void newLine() {
        if (!style_.indent) return;
        runtime_.budget.demand(out_.size() + style_.indent->size() * static_cast<std::size_t>(level_));
        mark("\n");
        for (int i = 0; i < level_; ++i) out_.append(*style_.indent);
    }

    /// What stands between brackets: `each(i)` for every item.
    template <typename Each>
    void writeItems(std::string_view open, std::string_view close, std::size_t count, Each each) {
        mark(open);
        if (count > 0) {
            ++level_;
            for (std::size_t i = 0; i < count; ++i) {
                if (i > 0) out_.append(style_.itemSeparator);
                newLine();
                each(i);
            }
            --level_;
            newLine();
        }
        mark(close);
    }

    void writeList(const List& list) {
        writeItems("[", "]", list.items.size(), [&](std::size_t i) { write(list.items[i]); });
    }

    void writeDict(const Dict& dict) {
        auto entries = dict.entries();
        if (style_.sortKeys) {
            sortBy(runtime_, entries, [](const auto& entry) { return entry.first; });
        }
        writeItems("{", "}", entries.size(), [&](std::size_t i) {
            writeKey(entries[i].first);
            out_.append(style_.keySeparator);
            write(entries[i].second);
        });
    }

    void writeKey(const Value& key) {
        if (key.string()) return write(key);
        if (!key.isNone() && !key.number()) fail("a " + typeName(key) + " cannot be a key in JSON");
        mark("\"");
        write(key);
        mark("\"");
    }

    Runtime& runtime_;
    const JsonStyle& style_;
    Text out_;
    int level_ = 0;
};

} // namespace

Text jsonOf(Runtime& runtime, const Value& value, const JsonStyle& style) {
    JsonWriter writer(runtime, style);
    writer.write(value);
    return writer.take();
}

} // namespace ponder::engine::jinja
