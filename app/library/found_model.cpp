#include "app/library/found_model.h"

#include <algorithm>

namespace ponder::app {

std::string_view stateName(ModelState state) {
    switch (state) {
    case ModelState::Ready:
        return "ready";
    case ModelState::BeingWritten:
        return "beingWritten";
    case ModelState::Incomplete:
        return "incomplete";
    case ModelState::Unusable:
        return "unusable";
    }
    return "unusable";
}

bool FoundModel::isUnchangedSince(const FoundModel& earlier) const {
    return std::equal(files.begin(), files.end(), earlier.files.begin(), earlier.files.end(),
                      [](const ModelFile& now, const ModelFile& before) {
                          return now.path == before.path && now.stamp.isUnchangedSince(before.stamp);
                      });
}

} // namespace ponder::app
