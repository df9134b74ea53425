namespace BcnnSim.Trainer.Privacy;

/// <summary>What h answered during an epoch.</summary>
internal sealed class GameTally
{
    // [member][learned]: answers, right ones.
    private readonly (int Count, int Right)[,] answers = new (int, int)[2, 2];
    private double gain;
    private int learnedAnswers;

    public void Add(bool member, bool learned, bool right, double value)
    {
        ref (int Count, int Right) cell = ref answers[member ? 1 : 0, learned ? 1 : 0];
        cell = (cell.Count + 1, cell.Right + (right ? 1 : 0));
        gain += learned ? value : 0;
        learnedAnswers += learned ? 1 : 0;
    }

    /// <summary>The epoch's row; begins the next.</summary>
    public GameEpoch Take(string phase, int epoch)
    {
        var row = new GameEpoch(phase, epoch, gain / Math.Max(1, learnedAnswers), Balanced(1), Balanced(0));
        Array.Clear(answers);
        (gain, learnedAnswers) = (0, 0);
        return row;
    }

    private double Balanced(int learned) => (Share(answers[0, learned]) + Share(answers[1, learned])) / 2;

    private static double Share((int Count, int Right) cell) => cell.Count == 0 ? 0.5 : (double)cell.Right / cell.Count;
}
