namespace BcnnSim.Trainer.Privacy;

/// <summary>One side of a game's step.</summary>
/// <param name="Indices">Of the frames in their set.</param>
/// <param name="Logits">[frame][class], as the network answers them.</param>
/// <param name="Labels">Truth.</param>
public sealed record GameSide(int[] Indices, float[] Logits, int[] Labels);
