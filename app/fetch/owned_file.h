#pragma once

#include <unistd.h>

#include <utility>

namespace ponder::fetch {

/// Owns one file descriptor and closes it.
class OwnedFile {
public:
    OwnedFile() = default;
    explicit OwnedFile(int number) : number_(number) {}
    ~OwnedFile() { close(); }
    OwnedFile(OwnedFile&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    OwnedFile& operator=(OwnedFile&& other) noexcept {
        if (this != &other) {
            close();
            number_ = std::exchange(other.number_, -1);
        }
        return *this;
    }

    int number() const { return number_; }
    bool open() const { return number_ >= 0; }
    void close() {
        if (number_ >= 0) ::close(std::exchange(number_, -1));
    }

private:
    int number_ = -1;
};

} // namespace ponder::fetch
