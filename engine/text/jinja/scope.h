#pragma once

#include "engine/text/jinja/syntax.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace ponder::engine::jinja {

/// Variables of a body, and the scope around it. The outermost one has a slot for every name of the template.
class Scope {
public:
    explicit Scope(std::shared_ptr<Scope> outer) : outer_(std::move(outer)) {}
    explicit Scope(std::vector<Value> slots) : slots_(std::move(slots)) {}

    const Value& find(NameId name) const {
        const Scope* scope = this;
        for (; scope->outer_; scope = scope->outer_.get()) {
            for (const auto& [id, value] : scope->variables_) {
                if (id == name) return value;
            }
        }
        return scope->slots_[name];
    }

    void set(NameId name, Value value) {
        if (!outer_) {
            slots_[name] = std::move(value);
            return;
        }
        for (auto& [id, present] : variables_) {
            if (id == name) {
                present = std::move(value);
                return;
            }
        }
        variables_.emplace_back(name, std::move(value));
    }

    bool isOutermost() const { return outer_ == nullptr; }
    void clear() {
        variables_.clear();
        std::fill(slots_.begin(), slots_.end(), Value());
    }

private:
    std::shared_ptr<Scope> outer_;
    std::vector<std::pair<NameId, Value>> variables_;
    std::vector<Value> slots_;
};

} // namespace ponder::engine::jinja
