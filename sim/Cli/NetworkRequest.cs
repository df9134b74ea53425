using BcnnSim.Networks;

namespace BcnnSim.Cli;

/// <summary>One network and the frames it runs.</summary>
/// <param name="Network">The network.</param>
/// <param name="Frames">Exactly the frames to run.</param>
/// <param name="FramesFile">Where they came from, as a report names it.</param>
/// <param name="Available">Frames in that file.</param>
internal sealed record NetworkRequest(Network Network, FrameSet Frames, string FramesFile, int Available);
