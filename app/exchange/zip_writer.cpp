#include "app/exchange/zip_writer.h"

#include <archive.h>
#include <archive_entry.h>

#include "engine/engine.h"

namespace ponder::app {

namespace {

constexpr int kReadableByOwner = 0600;

la_ssize_t append(archive*, void* bytes, const void* block, size_t size) {
    static_cast<std::string*>(bytes)->append(static_cast<const char*>(block), size);
    return static_cast<la_ssize_t>(size);
}

struct EntryCloser {
    void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

} // namespace

void ZipWriter::Closer::operator()(archive* writer) const {
    archive_write_free(writer);
}

ZipWriter::ZipWriter() : writer_(archive_write_new()) {
    archive_write_set_format_zip(writer_.get());
    // Names are UTF-8 whatever the terminal's language is.
    archive_write_set_options(writer_.get(), "hdrcharset=UTF-8");
    archive_write_set_bytes_in_last_block(writer_.get(), 1); // no zeros to fill the last block
    if (archive_write_open(writer_.get(), &bytes_, nullptr, append, nullptr) != ARCHIVE_OK) fail();
}

ZipWriter::~ZipWriter() = default;

void ZipWriter::add(const std::string& name, std::string_view content, std::int64_t modifiedMs) {
    const std::unique_ptr<archive_entry, EntryCloser> entry(archive_entry_new());
    archive_entry_set_pathname_utf8(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), kReadableByOwner);
    archive_entry_set_mtime(entry.get(), modifiedMs / 1000, 0);
    if (archive_write_header(writer_.get(), entry.get()) < ARCHIVE_WARN) fail();
    if (archive_write_data(writer_.get(), content.data(), content.size()) < 0) fail();
}

std::string ZipWriter::finish() {
    if (archive_write_close(writer_.get()) != ARCHIVE_OK) fail();
    return std::move(bytes_);
}

void ZipWriter::fail() const {
    const char* reason = archive_error_string(writer_.get());
    throw engine::Error(std::string("The zip file could not be made (") + (reason ? reason : "no memory") +
                        "). Export fewer chats at a time.");
}

} // namespace ponder::app
