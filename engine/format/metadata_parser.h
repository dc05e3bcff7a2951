#pragma once

#include "engine/format/gguf_file.h"
#include "engine/format/header_reader.h"

#include <cstdint>
#include <vector>

namespace ponder::engine {

/// Reads the number of metadata entries' worth of keys and values, checking each length before it is used.
/// Values are skipped, only where they lie is kept. Throws GgufError. Requires: the cursor stands on the
/// first entry.
std::vector<MetadataEntry> parseMetadata(HeaderReader& reader, std::uint64_t count);

/// Bytes of a scalar of this type, 0 for strings and arrays.
std::uint64_t scalarBytes(MetadataType type);

/// A type for messages: "a 32-bit unsigned integer".
std::string_view typeName(MetadataType type);

} // namespace ponder::engine
