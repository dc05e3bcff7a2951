#pragma once

#include "app/attachments/attachment.h"
#include "ui/main_window.h"

namespace ponder::app {

/// "3 pages", "12 KB".
QString shownSize(const Attachment& attachment);

/// Opens an attachment to be read: one of a draft, or one that has been sent.
void viewAttachment(const Attachment& attachment, ui::MainWindow& window);

} // namespace ponder::app
