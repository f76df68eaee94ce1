extension HookInstaller {
    /// Tells how the hooks stand and what they did last; changes nothing.
    ///
    /// - Returns: The status.
    public func status() -> HookStatus {
        let ours = HookName.allCases.compactMap { hook -> [UInt8]? in
            HookFiles.contents(of: path(of: hook)).flatMap { HookScript.isOurs($0) ? $0 : nil }
        }
        let started = ours.lazy.compactMap { HookScript.executable(in: $0) }.first
        return HookStatus(
            hooksDirectory: hooksDirectory,
            hooks: HookName.allCases.map { hook in
                HookStatus.Hook(
                    name: hook, place: place(of: hook),
                    hasEarlierHook: HookFiles.exists(earlierPath(of: hook)))
            },
            isEnabled: HookFiles.exists(state.enabled),
            executable: started,
            isExecutableThere: started.map { HookFiles.isExecutableFile($0) } ?? false,
            runningProcess: RunLock.holder(state.lock),
            waiting: RequestQueue(state: state).waiting.map(\.reference),
            lastRuns: HookLog(path: state.log).tail(Self.runsShown),
            logFile: state.log)
    }

    func place(of hook: HookName) -> HookStatus.Place {
        let path = path(of: hook)
        guard HookFiles.exists(path) else { return .absent }
        guard let bytes = HookFiles.contents(of: path), HookScript.isOurs(bytes) else {
            return .foreign
        }
        // Whoever asks may have another environment than whoever installed.
        let wanted = HookScript.text(
            of: hook, executable: executable, dataDirectory: HookScript.dataDirectory(in: bytes))
        return bytes == wanted && HookFiles.isExecutableFile(path) ? .installed : .outdated
    }
}
