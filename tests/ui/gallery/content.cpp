#include "tests/ui/gallery/content.h"

#include <utility>

namespace ponder::ui {

namespace {

Content spoken = Content::English;

} // namespace

ContentIn::ContentIn(Content content) : before_(std::exchange(spoken, content)) {}

ContentIn::~ContentIn() {
    spoken = before_;
}

QString said(const char* english, const char* german, const char* chinese, const char* arabic) {
    switch (spoken) {
    case Content::English:
        break;
    case Content::German:
        return QString::fromUtf8(german);
    case Content::Chinese:
        return QString::fromUtf8(chinese);
    case Content::Arabic:
        return QString::fromUtf8(arabic);
    }
    return QString::fromUtf8(english);
}

} // namespace ponder::ui
