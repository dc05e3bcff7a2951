# What `cmake --install` puts where.
include(GNUInstallDirs)
set(PONDER_ID org.ponder.Ponder)
install(TARGETS ponder ponder-engine RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES resources/starter/ponder-starter.gguf DESTINATION ${CMAKE_INSTALL_DATADIR}/ponder/starter)
install(FILES installer/${PONDER_ID}.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES installer/${PONDER_ID}.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES resources/icons/${PONDER_ID}.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES resources/icons/${PONDER_ID}-symbolic.svg
    DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/symbolic/apps)
