#include "app/attachments/attachment_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>

#include "app/attachments/attachment_draft.h"
#include "app/exchange/export.h"
#include "tests/app/sample_chats.h"
#include "tests/places.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

using testing::HasSubstr;

class AttachmentReader : public testing::Test {
protected:
    std::string errorOf(const std::filesystem::path& file) {
        try {
            readAttachment(file);
        } catch (const engine::Error& error) {
            return error.what();
        }
        return {};
    }

    tests::TempDir folder_;
};

/// A PDF of these objects, numbered from 1; the first is the catalogue.
std::string pdfOf(const std::vector<std::string>& objects, const std::string& trailer = {}) {
    std::string pdf = "%PDF-1.4\n";
    std::string table;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        char entry[32];
        std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", pdf.size());
        table += entry;
        pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::string count = std::to_string(objects.size() + 1);
    const std::size_t start = pdf.size();
    pdf += "xref\n0 " + count + "\n0000000000 65535 f \n" + table;
    return pdf + "trailer\n<< /Size " + count + " /Root 1 0 R " + trailer + " >>\nstartxref\n" +
           std::to_string(start) + "\n%%EOF\n";
}

std::string streamOf(const std::string& content) {
    return "<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "\nendstream";
}

std::vector<std::string> onePage(const std::string& content) {
    return {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R "
            "/Resources << /Font << /F 5 0 R >> >> >>",
            streamOf(content), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
}

TEST_F(AttachmentReader, TakesTextAndSourceCode) {
    const Attachment text = readAttachment(folder_.write("notes.txt", "one\r\ntwo\n"));
    EXPECT_EQ(text, (Attachment{.name = "notes.txt", .text = "one\ntwo\n"}));
    EXPECT_EQ(readAttachment(folder_.write("a.py", "print(1)\n")).text, "print(1)\n");
    EXPECT_EQ(readAttachment(folder_.write("Makefile", "all:\n\tcc\n")).text, "all:\n\tcc\n");
}

TEST_F(AttachmentReader, RefusesWhatIsNoTextByItsName) {
    EXPECT_THAT(errorOf(folder_.write("a.png", std::string("\x89PNG\r\n\x1a\n\0\0\0", 11))),
                HasSubstr("a.png is a PNG picture, not text."));
    EXPECT_THAT(errorOf(folder_.write("a.docx", std::string("PK\x03\x04\x14\0\x06\0", 8))),
                HasSubstr("a Word document"));
    EXPECT_THAT(errorOf(folder_.write("a.bin", std::string("\0\1\2\3", 4))), HasSubstr("a binary file"));
    EXPECT_THAT(errorOf(folder_.write("empty.txt", " \n")), HasSubstr("empty.txt is empty"));
    EXPECT_THAT(errorOf(folder_.path()), HasSubstr("is a folder"));
    EXPECT_THAT(errorOf(folder_ / "none.txt"), HasSubstr("cannot be read"));
    EXPECT_THAT(errorOf("/dev/zero"), HasSubstr("cannot be read"));
}

TEST_F(AttachmentReader, SaysHowLongIsTooLong) {
    EXPECT_THAT(errorOf(folder_.write("long.txt", std::string(5 << 20, 'x'))),
                HasSubstr("long.txt is too long to attach: 5 MB of text, at most 2 MB"));
    EXPECT_THAT(errorOf(folder_.write("long.bin", std::string(5 << 20, '\0'))), HasSubstr("a binary file"));
    EXPECT_EQ(readAttachment(folder_.write("most.txt", std::string(2 << 20, 'x'))).text.size(), 2u << 20);
}

TEST_F(AttachmentReader, ReadsThePagesOfAPdf) {
    const auto file =
        folder_.write("a.pdf", pdfOf(onePage("BT /F 12 Tf 20 200 Td (Hello from a PDF) Tj ET")));
    const Attachment read = readAttachment(file);
    EXPECT_EQ(read.text, "Hello from a PDF");
    EXPECT_EQ(read.pages, 1);
}

TEST_F(AttachmentReader, ReadsWhatWeExport) {
    const auto file = folder_.write(
        "chat.pdf", exportPdf({chatOf("Two", {"二加二等于几？", "It is **4**.\n\n```\ncode here\n```"})}, 1));
    const std::string text = readAttachment(file).text;
    for (const char* words : {"Two", "二加二等于几", "It is 4.", "code here"})
        EXPECT_THAT(text, HasSubstr(words));
}

TEST_F(AttachmentReader, TellsScannedLockedAndDamagedPdfsApart) {
    EXPECT_THAT(errorOf(folder_.write("scan.pdf", pdfOf(onePage("0 0 m 10 10 l S")))),
                HasSubstr("scan.pdf holds no text: its pages are pictures"));
    const std::string hash(64, '1');
    const std::string lock = "/Encrypt << /Filter /Standard /V 1 /R 2 /O <" + hash + "> /U <" + hash +
                             "> /P -4 >> /ID [<00> <00>]";
    EXPECT_THAT(errorOf(folder_.write("locked.pdf", pdfOf(onePage("BT ET"), lock))),
                HasSubstr("protected with a password"));
    EXPECT_THAT(errorOf(folder_.write("cut.pdf", "%PDF-1.7\nnothing else")), HasSubstr("is damaged"));
}

TEST_F(AttachmentReader, HostilePdfsCostNothingButTheirText) {
    std::string nested;
    for (int i = 0; i < 100'000; ++i) nested += "[";
    std::vector<std::string> circle = onePage("BT ET");
    circle[1] = "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000000 >>";
    const std::vector<std::string> files = {
        pdfOf({"<< /Type /Catalog /Pages 1 0 R >>"}),
        pdfOf({"<< /Type /Catalog /Pages 2 0 R >>", nested}),
        pdfOf(circle),
        pdfOf(onePage("BT /F 12 Tf " + nested)),
        pdfOf(onePage("/X Do"), "/Prev 9"),
    };
    for (std::size_t i = 0; i < files.size(); ++i)
        EXPECT_NE(errorOf(folder_.write(std::to_string(i) + ".pdf", files[i])), "") << i;
}

TEST_F(AttachmentReader, ThePdfIsNotLookedAtBeforeTheDoorsAreClosed) {
    const std::string file = folder_.write("a.pdf", pdfOf(onePage("BT /F 12 Tf (x) Tj ET"))).string();
    const std::string trace = (folder_ / "trace").string();
    const std::string command = "strace -o '" + trace + "' '" PONDER_BINARY_DIR "/bin/ponder-extract' < '" +
                                file + "' > /dev/null 2>&1";
    if (std::system(command.c_str()) != 0) GTEST_SKIP() << "strace cannot trace here";
    const std::string calls = tests::contentOf(trace);
    const std::size_t closed = calls.find("seccomp(SECCOMP_SET_MODE_FILTER");
    const std::size_t looked = calls.find("MAP_PRIVATE, 0, 0)");
    ASSERT_NE(closed, std::string::npos);
    ASSERT_NE(looked, std::string::npos);
    EXPECT_LT(closed, looked);
    EXPECT_EQ(calls.find("read(0,"), std::string::npos);
}

TEST(RoughTokens, GrowWithTheText) {
    EXPECT_EQ(roughTokens(""), 0);
    EXPECT_NEAR(roughTokens(std::string(4000, 'a')), 1000, 150);
    EXPECT_NEAR(roughTokens("二加二等于几"), 6, 2);
}

TEST(AttachmentDraft, ComesBackAsItWas) {
    const std::vector<DraftAttachment> draft{
        {{.name = "a \"b\".txt", .text = "text\n\xe4\xb8\x96"}, AttachmentOrigin::File},
        {{.name = "Pasted", .text = "long", .pages = 3}, AttachmentOrigin::Pasted}};
    EXPECT_EQ(attachmentsFromDraft(draftJson(draft)), draft);
    EXPECT_EQ(draftJson({}), "");
    for (const char* odd : {"", "{", "[1,null,{}]", "{\"name\":\"x\"}", "null"})
        EXPECT_TRUE(attachmentsFromDraft(odd).empty()) << odd;
}

} // namespace

} // namespace ponder::app
