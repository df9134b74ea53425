namespace BcnnSim.Trainer.Privacy;

/// <summary>One epoch of a game.</summary>
/// <param name="Phase">warm-up, prune or retrain.</param>
/// <param name="Epoch">From 1.</param>
/// <param name="Gain">G = 1/2 E_D[v(h)] + 1/2 E_D'[v(1 - h)], mean over the epoch's steps on what h learns.</param>
/// <param name="OwnAccuracy">Of h on the frames it learns, balanced.</param>
/// <param name="HeldOutAccuracy">Of h on members and reference frames it never learns: 0.5 while a fresh attack is above means a broken game, not a won one.</param>
public sealed record GameEpoch(string Phase, int Epoch, double Gain, double OwnAccuracy, double HeldOutAccuracy);
