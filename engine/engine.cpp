#include "engine/engine.h"

#include "engine/local_engine.h"
#include "engine/prompt_preview.h"
#include "engine/remote/remote_engine.h"
#include "engine/support/error.h"
#include "engine/timeline/snapshot_folder.h"
#include "kernels/instruction_set.h"

namespace ponder::engine {

namespace {

void forgetSnapshots(const std::string& path, std::span<const std::string> chats,
                     SnapshotFolder::Which which) {
    const SnapshotFolder folder(path, SnapshotFolder::IfMissing::LeaveOut);
    if (folder.isOpen()) folder.forget(chats, which);
}

} // namespace

std::string_view stopReasonName(StopReason reason) {
    switch (reason) {
    case StopReason::EndOfAnswer:
        return "endOfAnswer";
    case StopReason::StopText:
        return "stopText";
    case StopReason::TokenLimit:
        return "tokenLimit";
    case StopReason::ContextFull:
        return "contextFull";
    case StopReason::Cancelled:
        return "cancelled";
    }
    return "endOfAnswer";
}

std::unique_ptr<Engine> openEngine(const EngineOptions& options) {
    const std::string refusal = kernels::environmentsChoice().refusal;
    if (!refusal.empty()) throw Error(refusal);
    return options.inProcess ? openLocalEngine(options) : openRemoteEngine(options);
}

void forgetSnapshots(const std::string& folder, std::span<const std::string> chats) {
    forgetSnapshots(folder, chats, SnapshotFolder::Which::These);
}

void forgetOtherSnapshots(const std::string& folder, std::span<const std::string> chats) {
    forgetSnapshots(folder, chats, SnapshotFolder::Which::Others);
}

PromptPreview previewPromptOf(const std::string& path, const ChatRequest& request, TokenRange listed) {
    return previewPrompt(LoadedModel(path, GgufFile::Access::Header), request, listed);
}

ModelInfo inspectModel(const std::string& path) {
    return LoadedModel(path, GgufFile::Access::Header).describe();
}

} // namespace ponder::engine
