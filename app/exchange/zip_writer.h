#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct archive;

namespace ponder::app {

/// A zip file in memory. Throws Error when there is no memory for it.
class ZipWriter {
public:
    ZipWriter();
    ~ZipWriter();

    void add(const std::string& name, std::string_view content, std::int64_t modifiedMs);
    std::string finish();

private:
    struct Closer {
        void operator()(archive* writer) const;
    };
    [[noreturn]] void fail() const;

    std::string bytes_;
    std::unique_ptr<archive, Closer> writer_; // writes into bytes_
};

} // namespace ponder::app
