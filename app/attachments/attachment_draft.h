#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "app/attachments/attachment.h"

namespace ponder::app {

/// Where an attachment came from: what was pasted can become text again.
enum class AttachmentOrigin { File, Pasted };

/// An attachment of a prompt that is not sent yet.
struct DraftAttachment {
    Attachment attachment;
    AttachmentOrigin origin = AttachmentOrigin::File;

    bool operator==(const DraftAttachment&) const = default;
};

/// Under this kind (chatKey) a draft's attachments are remembered in the store.
constexpr const char* kAttachmentDraft = "attachments";

/// As the store keeps them with the draft; empty for none. What cannot be read is left out.
std::string draftJson(const std::vector<DraftAttachment>& attachments);
std::vector<DraftAttachment> attachmentsFromDraft(const std::string& json);

/// The same as values, for whatever else has attachments.
nlohmann::json attachmentList(const std::vector<DraftAttachment>& attachments);
std::vector<DraftAttachment> attachmentsFrom(const nlohmann::json& list);

/// As they go with the message.
std::vector<Part> partsOf(const std::vector<DraftAttachment>& attachments);

} // namespace ponder::app
