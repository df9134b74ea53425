namespace BcnnSim.Hardware.Compute;

/// <summary>Class (lowest index of the largest score) and scores of one frame, on the way to the result writer.</summary>
public readonly record struct ScoreBeat(int Class, long[] Scores);
