#include "app/attachments/attachment_draft.h"

#include <nlohmann/json.hpp>

#include "app/exchange/import_value.h"

namespace ponder::app {

std::string draftJson(const std::vector<DraftAttachment>& attachments) {
    if (attachments.empty()) return {};
    return attachmentList(attachments).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<DraftAttachment> attachmentsFromDraft(const std::string& json) {
    return attachmentsFrom(nlohmann::json::parse(json, nullptr, false));
}

nlohmann::json attachmentList(const std::vector<DraftAttachment>& attachments) {
    nlohmann::json list = nlohmann::json::array();
    for (const DraftAttachment& entry : attachments)
        list.push_back({{"name", entry.attachment.name},
                        {"text", entry.attachment.text},
                        {"pages", entry.attachment.pages},
                        {"pasted", entry.origin == AttachmentOrigin::Pasted}});
    return list;
}

std::vector<DraftAttachment> attachmentsFrom(const nlohmann::json& list) {
    std::vector<DraftAttachment> attachments;
    for (const nlohmann::json& entry : list) {
        if (!entry.is_object()) continue;
        DraftAttachment found;
        found.attachment.name = textOf(entry, "name");
        found.attachment.text = textOf(entry, "text");
        found.attachment.pages = static_cast<int>(numberOf(entry, "pages"));
        if (memberOf(entry, "pasted") == nlohmann::json(true)) found.origin = AttachmentOrigin::Pasted;
        if (!found.attachment.text.empty()) attachments.push_back(std::move(found));
    }
    return attachments;
}

std::vector<Part> partsOf(const std::vector<DraftAttachment>& attachments) {
    std::vector<Part> parts;
    for (const DraftAttachment& entry : attachments) parts.push_back(partOf(entry.attachment));
    return parts;
}

} // namespace ponder::app
