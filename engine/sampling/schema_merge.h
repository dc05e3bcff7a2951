#pragma once

#include "engine/sampling/schema_value.h"

#include <string>
#include <vector>

namespace ponder::engine {

/// Takes a schema apart into alternatives, each of which says everything about its values itself: what
/// `$ref`, `allOf`, `anyOf` and `oneOf` add is merged into it. `oneOf` counts as `anyOf`.
class SchemaMerge {
public:
    /// `root` must outlive it.
    explicit SchemaMerge(const SchemaValue& root) : root_(root) {}

    /// Without those four keywords, and without alternatives that allow nothing. Throws Error: a keyword that
    /// cannot be enforced or merged, a reference that leads nowhere or in circles, too many alternatives.
    std::vector<SchemaValue> alternatives(const SchemaValue& schema, const std::string& where);

    /// What a `$ref` refers to, in `root` alone. Throws Error.
    const SchemaValue& resolved(const SchemaValue& reference, const std::string& where) const;

private:
    std::vector<SchemaValue> alternatives(const SchemaValue& schema, const std::string& where, int depth);
    std::vector<SchemaValue> crossed(const std::vector<SchemaValue>& some,
                                     const std::vector<SchemaValue>& others, const std::string& where);
    SchemaValue merged(const SchemaValue& a, const SchemaValue& b, const std::string& where);

    const SchemaValue& root_;
    int merges_ = 0;
};

} // namespace ponder::engine
