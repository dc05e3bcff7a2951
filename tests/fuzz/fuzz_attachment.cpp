// Files of any content are attached. What comes out is text that can be stored, shown and sent: UTF-8 without
// control characters, the same when it is read again.

#include "app/attachments/attachment_draft.h"
#include "app/attachments/file_kind.h"
#include "app/attachments/text_encoding.h"
#include "engine/support/check.h"
#include "tests/fuzz/fuzz_target.h"

#include <QByteArrayView>
#include <QUtf8StringView>

void ponder::fuzz::tryInput(std::string_view input) {
    using namespace ponder::app;
    CHECK(!binaryKind(input, "a.docx").empty());
    isPdf(input);
    attachmentsFromDraft(std::string(input));
    const std::optional<std::string> text = textFromBytes(input);
    if (!text) return;
    CHECK(QByteArrayView(text->data(), qsizetype(text->size())).isValidUtf8());
    for (const char letter : *text)
        CHECK(static_cast<unsigned char>(letter) >= 0x20 || letter == '\n' || letter == '\t');
    // A mark within the text may become one at its beginning; anything else is the same again.
    if (text->find("\xef\xbb\xbf") == std::string::npos) CHECK(textFromBytes(*text) == *text);
    const std::vector<DraftAttachment> draft{{{.name = "a", .text = *text}, AttachmentOrigin::File}};
    if (!text->empty()) CHECK(attachmentsFromDraft(draftJson(draft)) == draft);
}

std::vector<std::string> ponder::fuzz::seeds() {
    using namespace std::string_literals;
    return {"plain text\nwith lines\r\n",
            "\xef\xbb\xbfmarked",
            "\xff\xfe"
            "a\0b\0"s,
            "\xfe\xff\0a\0b"s,
            "\xff\xfe\0\0a\0\0\0"s,
            "a\0b\0c\0d\0"s,
            "caf\xe9 \x93x\x94",
            "\x89PNG\r\n\x1a\n\0"s,
            "PK\x03\x04",
            "%PDF-1.7",
            R"([{"name":"a","text":"b","pages":1,"pasted":true}])"};
}
