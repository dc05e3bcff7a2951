#include "engine/format/tensor_parser.h"

#include <string_view>
#include <unordered_set>

namespace ponder::engine {

namespace {

constexpr std::uint64_t kMostTensors = 65'536;
constexpr std::uint64_t kLeastDescription =
    33; // name length, one letter, dimensions, one length, type, offset
constexpr std::uint64_t kMostName = 63;
constexpr std::uint32_t kMostDimensions = 4;
// Sizes stay below what a signed number holds, with room for padding and the header.
constexpr std::uint64_t kMostBytes = (std::uint64_t{1} << 63) - (std::uint64_t{1} << 30);

bool isNameCharacter(char c) {
    return c > ' ' && c <= '~' && c != '/' && c != '\\' && c != '"';
}

class TensorParser {
public:
    TensorParser(HeaderReader& reader, std::uint64_t count) : reader_(reader), count_(count) {}

    std::vector<Tensor> parse() {
        tensors_.reserve(count_); // names_ points into the tensors
        names_.reserve(count_);
        for (std::uint64_t i = 0; i < count_; ++i) parseTensor();
        return std::move(tensors_);
    }

private:
    void parseTensor() {
        what_ = "tensor " + std::to_string(tensors_.size() + 1) + " of " + std::to_string(count_);
        Tensor& tensor = tensors_.emplace_back();
        parseName(tensor);
        what_ = "tensor " + quoted(tensor.name);
        parseShape(tensor);
        parseType(tensor);
        tensor.fileOffset = reader_.u64(what_);
    }

    void parseName(Tensor& tensor) {
        const std::uint64_t place = reader_.position();
        const std::uint64_t length = reader_.u64(what_);
        if (length == 0 || length > kMostName) {
            reader_.refuse(GgufProblem::Name,
                           "the name of " + what_ + " is " + std::to_string(length) +
                               " bytes long, allowed are 1 to " + std::to_string(kMostName),
                           place);
        }
        tensor.name = reader_.take(length, what_);
        for (char c : tensor.name) {
            if (isNameCharacter(c)) continue;
            reader_.refuse(GgufProblem::Name,
                           "the name of " + what_ + " is " + quoted(tensor.name) +
                               ", which holds characters that names cannot have",
                           place);
        }
        if (names_.insert(tensor.name).second) return;
        reader_.refuse(GgufProblem::Name, "tensor " + quoted(tensor.name) + " occurs twice", place);
    }

    void parseShape(Tensor& tensor) {
        const std::uint64_t place = reader_.position();
        const std::uint32_t dimensions = reader_.u32(what_);
        if (dimensions == 0 || dimensions > kMostDimensions) {
            reader_.refuse(GgufProblem::Dimensions,
                           what_ + " has " + std::to_string(dimensions) + " dimensions, allowed are 1 to " +
                               std::to_string(kMostDimensions),
                           place);
        }
        tensor.dimensions = static_cast<int>(dimensions);
        std::int64_t elements = 1;
        for (std::uint32_t i = 0; i < dimensions; ++i) {
            const auto length = static_cast<std::int64_t>(reader_.u64(what_));
            if (length <= 0) {
                reader_.refuse(GgufProblem::Dimension,
                               "dimension " + std::to_string(i) + " of " + what_ + " is " +
                                   std::to_string(length) + ", it must be 1 or more",
                               reader_.position() - sizeof length);
            }
            tensor.shape[i] = length;
            if (__builtin_mul_overflow(elements, length, &elements)) {
                reader_.refuse(GgufProblem::Overflow,
                               what_ + " has more elements than a 64-bit number can count with dimension " +
                                   std::to_string(i) + ", " + std::to_string(length),
                               reader_.position() - sizeof length);
            }
        }
    }

    void parseType(Tensor& tensor) {
        const std::uint64_t place = reader_.position();
        const std::uint32_t id = reader_.u32(what_);
        const kernels::TypeLayout* layout = kernels::findTypeLayout(id);
        if (!layout) {
            // Ids that GGUF gave away once and took back.
            const bool wasRemoved = id == 4 || id == 5 || (id >= 31 && id <= 33) || (id >= 36 && id <= 38);
            reader_.refuse(GgufProblem::TensorType,
                           what_ + " has the type " + std::to_string(id) +
                               (wasRemoved ? ", which was removed from the format" : ", which is unknown"),
                           place);
        }
        tensor.type = layout->type;
        if (tensor.columns() % layout->elements != 0) {
            reader_.refuse(GgufProblem::Block,
                           what_ + " has rows of " + std::to_string(tensor.columns()) + ", " +
                               std::string(layout->name) + " needs a multiple of " +
                               std::to_string(layout->elements),
                           place);
        }
        const auto blocks = static_cast<std::uint64_t>(tensor.elements() / layout->elements);
        if (__builtin_mul_overflow(blocks, static_cast<std::uint64_t>(layout->bytes), &tensor.sizeBytes) ||
            tensor.sizeBytes > kMostBytes) {
            reader_.refuse(GgufProblem::Overflow,
                           what_ + " has " + std::to_string(tensor.elements()) + " elements of type " +
                               std::string(layout->name) + ", more than a file can hold",
                           place);
        }
        if (__builtin_add_overflow(totalBytes_, tensor.sizeBytes, &totalBytes_) || totalBytes_ > kMostBytes) {
            reader_.refuse(GgufProblem::Overflow,
                           "the tensors up to " + what_ + " are larger together than a file can be", place);
        }
    }

    HeaderReader& reader_;
    std::uint64_t count_;
    std::uint64_t totalBytes_ = 0;
    std::string what_; // the tensor that is read now, for messages
    std::vector<Tensor> tensors_;
    std::unordered_set<std::string_view> names_;
};

} // namespace

std::vector<Tensor> parseTensors(HeaderReader& reader, std::uint64_t count) {
    return TensorParser(reader, count).parse();
}

void checkTensorCount(const HeaderReader& reader, std::uint64_t count) {
    const std::uint64_t place = reader.position() - 2 * sizeof count;
    if (count > reader.remaining() / kLeastDescription) {
        reader.refuse(GgufProblem::Count,
                      "it claims " + std::to_string(count) + " tensors, but only " +
                          std::to_string(reader.remaining()) + " bytes are left",
                      place);
    }
    if (count > kMostTensors) {
        reader.refuse(GgufProblem::Limit,
                      "it has " + std::to_string(count) + " tensors, at most " +
                          std::to_string(kMostTensors) + " are allowed",
                      place);
    }
}

} // namespace ponder::engine
