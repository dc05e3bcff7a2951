#pragma once

#include "engine/format/composed_file.h"
#include "engine/format/input_file.h"
#include "engine/format/tensor.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ponder::engine {

/// GGUF's value types with their ids in the file.
enum class MetadataType : std::uint32_t {
    U8 = 0,
    I8 = 1,
    U16 = 2,
    I16 = 3,
    U32 = 4,
    I32 = 5,
    F32 = 6,
    Bool = 7,
    String = 8,
    Array = 9,
    U64 = 10,
    I64 = 11,
    F64 = 12,
};

/// Shape of a metadata value: its type, and for arrays the element type and count.
struct MetadataEntry {
    std::string key;
    MetadataType type = MetadataType::U8;
    MetadataType elementType = MetadataType::U8; ///< arrays only
    std::uint64_t count = 1;                     ///< array elements
    std::uint64_t fileOffset = 0;                ///< of the value; behind the length of a string or array
    std::uint64_t sizeBytes = 0;                 ///< of the value, without that length
};

/// A bounds-checked view of one GGUF model, in one file or in parts. Everything in the header is validated
/// before anything is allocated by a size it names; strings and arrays are read where
/// they lie. Immutable after opening, so any thread may read it. Moves keep the tensors' addresses.
class GgufFile {
public:
    enum class Access {
        Vocabulary, ///< reads the first part's header, which need not have tensors
        Header,     ///< reads the headers only; Tensor::bytes stays null
        Weights,    ///< maps the weights as well
    };

    /// Throws Error that names field, value, limit and byte offset. `path` is the first part of a split
    /// model.
    static GgufFile open(const std::string& path, Access access);
    /// The same for a file that is nowhere as a whole.
    static GgufFile open(ComposedFile file, Access access);
    ~GgufFile();
    GgufFile(GgufFile&&) noexcept;
    GgufFile& operator=(GgufFile&&) noexcept;

    const std::string& path() const;
    std::uint64_t sizeBytes() const; ///< all parts
    std::uint32_t version() const;
    /// SHA-256 in hex over the headers and sizes of all parts.
    std::string identity() const;
    const std::vector<std::string>& notices() const;

    std::span<const MetadataEntry> metadata() const;
    bool has(std::string_view key) const;
    /// Metadata entry; null if the key is absent.
    const MetadataEntry* find(std::string_view key) const;

    /// Scalar readers. Empty when the key is absent; Error when the value has another kind or does not fit.
    /// integer: any integer type whose value is in [minimum, maximum]. number: any float or integer, finite.
    std::optional<std::int64_t> integer(std::string_view key, std::int64_t minimum,
                                        std::int64_t maximum) const;
    std::optional<double> number(std::string_view key) const;
    std::optional<bool> boolean(std::string_view key) const;
    /// The bytes as they lie in the file, the first `most` of them; not necessarily UTF-8. Valid as long as
    /// the file object.
    std::optional<std::string_view> string(std::string_view key, std::uint64_t most = UINT64_MAX) const;

    /// Array readers. Empty when absent; Error when elements have another kind.
    std::optional<std::vector<std::int64_t>> integers(std::string_view key) const;
    std::optional<std::vector<bool>> booleans(std::string_view key) const;
    std::optional<std::vector<float>> numbers(std::string_view key) const;
    /// Valid as long as the file object. Error where the texts take more than 64 MiB.
    std::optional<std::vector<std::string_view>> strings(std::string_view key) const;

    std::span<const Tensor> tensors() const;
    /// Null if there is none of this name.
    const Tensor* findTensor(std::string_view name) const;

    /// Says that these mapped bytes of a tensor will not be needed: see InputFile::release. Any thread.
    void release(const std::byte* bytes, std::uint64_t count) const;
    /// Whether bytes that were released come again when they are read: not those of a file that is nowhere as
    /// a whole.
    bool canBeReadAgain() const;
    /// Gives back the memory of everything that is mapped; it comes again when it is read.
    void forgetPages() const;

private:
    static GgufFile openParts(InputFile first, Access access);

    struct State;
    explicit GgufFile(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace ponder::engine
