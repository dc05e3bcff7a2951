#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ponder::engine::jinja {

/// Where a stretch of text came from: written by the template, or brought in by a message.
struct Origin {
    static const Origin Markup;
    static const Origin Content; ///< the first of the texts brought in

    std::int32_t source = -1; ///< which of the texts that were brought in; -1: markup

    bool operator==(const Origin&) const = default;
};
inline constexpr Origin Origin::Markup{-1};
inline constexpr Origin Origin::Content{0};

/// UTF-8 that remembers, byte by byte, where it came from. Invalid bytes count as one character each.
class Text {
public:
    Text() = default;
    Text(std::string bytes, Origin origin) : bytes_(std::move(bytes)), origin_(origin) {}

    const std::string& bytes() const { return bytes_; }
    std::size_t size() const { return bytes_.size(); }
    bool empty() const { return bytes_.empty(); }
    Origin originAt(std::size_t offset) const;

    /// Throws Failure: the text changes its origin more than a million times.
    void append(std::string_view bytes, Origin origin);
    void append(const Text& other);
    /// Appends bytes [from, to) of `other`.
    void append(const Text& other, std::size_t from, std::size_t to);
    /// Appends text that `other` contains at `offset`, or that was made from what it contains there.
    void appendLike(std::string_view bytes, const Text& other, std::size_t offset) {
        append(bytes, other.originAt(offset));
    }
    Text slice(std::size_t from, std::size_t to) const;
    void reserve(std::size_t bytes) { bytes_.reserve(bytes); }
    /// Bytes of memory it takes.
    std::size_t memory() const { return bytes_.size() + stretches_.size() * sizeof(Stretch); }

    /// Calls `visit(std::string_view, Origin)` for each longest stretch of one origin.
    template <typename Visit>
    void forEachStretch(Visit visit) const {
        visitStretches(0, bytes_.size(), visit);
    }

private:
    struct Stretch {
        std::size_t end;
        Origin origin;
    };

    std::size_t stretchAt(std::size_t offset) const;

    template <typename Visit>
    void visitStretches(std::size_t from, std::size_t to, Visit visit) const {
        const std::string_view all = bytes_;
        if (stretches_.empty()) {
            if (from < to) visit(all.substr(from, to - from), origin_);
            return;
        }
        for (std::size_t i = from < to ? stretchAt(from) : stretches_.size();
             i < stretches_.size() && from < to; ++i) {
            const std::size_t end = std::min(stretches_[i].end, to);
            visit(all.substr(from, end - from), stretches_[i].origin);
            from = end;
        }
    }

    std::string bytes_;
    Origin origin_ = Origin::Markup; // of the whole while stretches_ is empty
    std::vector<Stretch> stretches_; // only for texts of several origins
};

/// Length in bytes of the character that begins at `offset`; 1 for an invalid byte.
std::size_t characterLength(std::string_view text, std::size_t offset);
std::size_t countCharacters(std::string_view text);
/// Offset where the character before `offset` begins; `offset` is above 0.
std::size_t previousCharacter(std::string_view text, std::size_t offset);

} // namespace ponder::engine::jinja
