#include "app/fetch/discard.h"

#include "app/fetch/part_file.h"
#include "app/fetch/target_folder.h"

namespace ponder::fetch {

void discard(const app::DiscardRequest& request) {
    const TargetFolder folder(request.folder);
    for (const std::string& name : request.names) {
        // Its lock says that nobody else is at work on it.
        PartFile(folder, {.url = {}, .name = name, .sizeBytes = 0, .sha256 = {}}).discard();
    }
}

} // namespace ponder::fetch
