#include "engine/format/safetensors_header.h"

#include "engine/support/error.h"

#include <nlohmann/json.hpp>
#include <unordered_set>

namespace ponder::engine {

namespace {

using nlohmann::json;

constexpr std::size_t kMostTensors = 1u << 20;
constexpr std::size_t kLongestName = 512;
constexpr std::size_t kMostDimensions = 8;

/// Takes the header's events. A tree of it would cost a hostile file nothing and us gigabytes.
class HeaderEvents : public json::json_sax_t {
public:
    explicit HeaderEvents(const FilePlace& place) : place_(place) {}

    std::vector<SafetensorsEntry> take() { return std::move(entries_); }

    bool key(string_t& name) override {
        if (depth_ == 1) beginEntry(name);
        if (depth_ == 2) field_ = name;
        return true;
    }
    bool start_object(std::size_t) override {
        if (list_) refuse(GgufProblem::Type, what() + " holds an object where a number was expected");
        if (depth_ == 2) refuse(GgufProblem::Nested, what() + " is an object, it must be a list or a text");
        ++depth_;
        return true;
    }
    bool end_object() override {
        if (--depth_ == 1 && !isMetadata_) finishEntry();
        return true;
    }
    bool start_array(std::size_t) override {
        if (depth_ != 2 || list_ || isMetadata_)
            refuse(GgufProblem::Type, what() + " is a list, which belongs to shape and data_offsets alone");
        list_ = field_ == "shape" ? &shape_ : field_ == "data_offsets" ? &offsets_ : &ignored_;
        list_->clear();
        return true;
    }
    bool end_array() override {
        list_ = nullptr;
        return true;
    }
    bool number_unsigned(number_unsigned_t value) override {
        if (!list_) return plainValue();
        if (list_->size() >= kMostDimensions)
            refuse(GgufProblem::Dimensions,
                   what() + " has more than " + std::to_string(kMostDimensions) + " entries");
        list_->push_back(value);
        return true;
    }
    bool number_integer(number_integer_t value) override {
        if (list_) refuse(GgufProblem::Value, what() + " holds " + std::to_string(value));
        return plainValue();
    }
    bool number_float(number_float_t, const string_t& text) override {
        if (list_) refuse(GgufProblem::Value, what() + " holds " + engine::quoted(text));
        return plainValue();
    }
    bool string(string_t& text) override {
        if (list_) refuse(GgufProblem::Type, what() + " holds a text where a number was expected");
        if (depth_ == 2 && !isMetadata_ && field_ == "dtype") type_ = text;
        return depth_ == 2 || plainValue();
    }
    bool null() override { return plainValue(); }
    bool boolean(bool) override { return plainValue(); }
    bool binary(binary_t&) override { return plainValue(); }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        refuse(GgufProblem::Value, "its header is no JSON from byte " + std::to_string(position) + " on");
    }

private:
    std::string what() const {
        return depth_ == 0 ? "the header"
                           : engine::quoted(name_) + (depth_ > 1 ? "'s " + engine::quoted(field_) : "");
    }

    bool plainValue() const {
        if (depth_ < 2) refuse(GgufProblem::Type, what() + " is not an object");
        if (list_) refuse(GgufProblem::Type, what() + " holds something else than numbers");
        return true;
    }

    void beginEntry(const std::string& name) {
        if (name.empty() || name.size() > kLongestName)
            refuse(GgufProblem::Name, "a tensor's name has " + std::to_string(name.size()) + " bytes, 1 to " +
                                          std::to_string(kLongestName) + " are allowed");
        name_ = name;
        if (!names_.insert(name).second)
            refuse(GgufProblem::KeyDuplicate, engine::quoted(name) + " is there twice");
        isMetadata_ = name == "__metadata__";
        type_.clear();
        shape_.clear();
        offsets_.clear();
    }

    void finishEntry() {
        const auto refuseEntry = [this](GgufProblem problem, const std::string& text) {
            refuse(problem, "tensor " + engine::quoted(name_) + " " + text);
        };
        if (type_.empty()) refuseEntry(GgufProblem::Type, "has no dtype");
        if (offsets_.size() != 2 || offsets_[0] > offsets_[1])
            refuseEntry(GgufProblem::Offset, "has no data_offsets of a beginning and an end");
        if (entries_.size() == kMostTensors)
            refuse(GgufProblem::Count, "there are more than " + std::to_string(kMostTensors) + " tensors");
        SafetensorsEntry entry{.name = name_,
                               .type = typeOf(type_),
                               .typeName = type_,
                               .shape = {},
                               .fileOffset = offsets_[0],
                               .sizeBytes = offsets_[1] - offsets_[0]};
        std::uint64_t elements = 1;
        for (const std::uint64_t length : shape_) {
            if (length > INT64_MAX || __builtin_mul_overflow(elements, length, &elements))
                refuseEntry(GgufProblem::Overflow, "has a shape of more numbers than can be counted");
            entry.shape.push_back(static_cast<std::int64_t>(length));
        }
        const std::uint64_t width = safetensorsTypeBytes(type_);
        std::uint64_t bytes = 0;
        if (__builtin_mul_overflow(elements, width, &bytes) || elements > INT64_MAX)
            refuseEntry(GgufProblem::Overflow, "has a shape of more bytes than can be counted");
        if (width > 0 && bytes != entry.sizeBytes)
            refuseEntry(GgufProblem::Bounds, "has " + std::to_string(entry.sizeBytes) +
                                                 " bytes of data, its shape needs " + std::to_string(bytes));
        entries_.push_back(std::move(entry));
    }

    static SafetensorsType typeOf(std::string_view name) {
        if (name == "F32") return SafetensorsType::F32;
        if (name == "F16") return SafetensorsType::F16;
        if (name == "BF16") return SafetensorsType::BF16;
        if (name == "F8_E4M3") return SafetensorsType::F8E4M3;
        return SafetensorsType::Other;
    }

    [[noreturn]] void refuse(GgufProblem problem, const std::string& text) const {
        refuseFile(place_, problem, text);
    }

    const FilePlace place_;
    std::vector<SafetensorsEntry> entries_;
    std::unordered_set<std::string> names_;
    int depth_ = 0; // 1: among the tensors, 2: within one
    bool isMetadata_ = false;
    std::string name_;
    std::string field_;
    std::string type_;
    std::vector<std::uint64_t> shape_;
    std::vector<std::uint64_t> offsets_;
    std::vector<std::uint64_t> ignored_;
    std::vector<std::uint64_t>* list_ = nullptr;
};

} // namespace

std::vector<SafetensorsEntry> parseSafetensorsHeader(std::string_view text, const FilePlace& place) {
    HeaderEvents events(place);
    json::sax_parse(text.begin(), text.end(), &events);
    return events.take();
}

} // namespace ponder::engine
