#pragma once

#include "engine/text/jinja/budget.h"
#include "engine/text/jinja/scope.h"
#include "engine/text/jinja/value.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace ponder::engine::jinja {

/// One rendering: its budget, its clock, and what must be taken apart at its end. One thread.
struct Runtime {
    Runtime() = default;
    Runtime(const Runtime&) = delete;
    Runtime& operator=(const Runtime&) = delete;
    /// Namespaces and scopes may hold themselves, by way of macros: they are emptied, so that all is freed.
    ~Runtime() {
        for (const auto& space : namespaces) space->attributes.clear();
        for (const auto& scope : capturedScopes) scope->clear();
    }

    Budget budget;
    std::int64_t now = 0; ///< seconds since the epoch, in UTC; 0: the clock and its time zone
    int line = 1;         ///< of the template, where it is being evaluated
    std::vector<NamespaceRef> namespaces;
    std::vector<std::shared_ptr<Scope>> capturedScopes;
};

} // namespace ponder::engine::jinja
