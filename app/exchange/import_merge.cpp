#include "app/exchange/import_merge.h"

#include <algorithm>
#include <map>

namespace ponder::app {

namespace {

bool saysTheSame(const Turn& a, const Turn& b) {
    return a.role == b.role && std::equal(a.parts.begin(), a.parts.end(), b.parts.begin(), b.parts.end(),
                                          [](const Part& x, const Part& y) {
                                              return x.kind == y.kind && x.text == y.text &&
                                                     x.name == y.name && x.input == y.input;
                                          });
}

/// Adds the turns that `stored` does not have; the change that brings them to the disk, without turns if
/// there are none.
ChatChange growth(Conversation& stored, const Conversation& imported) {
    ChatChange change;
    std::map<int, int> numberOf{{0, 0}}; // from the import's numbers to the store's
    std::vector<int> taken;
    for (const Turn& turn : imported.turns()) {
        const int parent = numberOf.at(turn.parent);
        int& number = numberOf[turn.number];
        for (const int child : stored.children(parent)) {
            const bool free = std::find(taken.begin(), taken.end(), child) == taken.end();
            if (free && saysTheSame(stored.turn(child), turn)) number = child;
        }
        if (number == 0) {
            Turn& added = stored.add(parent, turn.role, turn.parts);
            number = added.number;
            added.state = turn.state;
            added.createdMs = turn.createdMs;
            added.finishedMs = turn.finishedMs;
            added.answer = turn.answer;
            change.turns.push_back(added);
        }
        taken.push_back(number);
    }
    if (change.turns.empty()) return change;
    if (const std::vector<int> path = imported.activePath(); !path.empty())
        stored.select(numberOf.at(path.back()));
    stored.header.updatedMs = std::max(stored.header.updatedMs, imported.header.updatedMs);
    change.header = stored.header;
    change.choices = branchChoices(stored);
    return change;
}

} // namespace

ImportPlan planImport(ChatStore* store, const std::vector<Conversation>& imported,
                      const std::set<std::string>& open, const ImportWatch& watch) {
    ImportPlan plan;
    double done = 0;
    for (const Conversation& chat : imported) {
        watch.report(done++ / static_cast<double>(imported.size()));
        std::optional<Conversation> stored = store ? store->load(chat.header.id) : std::nullopt;
        if (!stored) {
            plan.changes.push_back(wholeChat(chat));
            ++plan.added;
            continue;
        }
        if (stored->header.deletedMs > 0) {
            ++plan.trashed;
            continue;
        }
        ChatChange change = growth(*stored, chat);
        if (change.turns.empty()) {
            ++plan.unchanged;
        } else if (open.contains(chat.header.id)) {
            ++plan.open;
        } else {
            plan.changes.push_back(std::move(change));
            ++plan.grown;
        }
    }
    return plan;
}

} // namespace ponder::app
