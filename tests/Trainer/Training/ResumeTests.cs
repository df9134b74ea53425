using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Training;

public class ResumeTests
{
    [Fact]
    public void A_run_stopped_after_each_step_and_resumed_ends_with_the_same_bits()
    {
        using var whole = new TrainingFixture();
        float[] expected = whole.Train(1, 3, resume: false);
        using var cut = new TrainingFixture();
        _ = cut.Train(1, 3, resume: false, stopAfterSteps: 1);
        for (int i = 0; i < 6; i++)
        {
            _ = cut.Train(1, 3, resume: true, stopAfterSteps: 1);
        }

        Assert.True(expected.AsSpan().SequenceEqual(cut.Train(1, 3, resume: true)));
        Assert.Equal(Rows(whole), Rows(cut));
        Assert.Equal(4, Rows(whole).Length);
    }

    /// <summary>The last step is done, its epoch not yet finished.</summary>
    [Fact]
    public void A_run_stopped_in_the_last_step_of_an_epoch_logs_the_same_row()
    {
        using var whole = new TrainingFixture();
        _ = whole.Train(1, 1, resume: false);
        using var cut = new TrainingFixture();
        _ = cut.Train(1, 1, resume: false, stopAfterSteps: 1);
        for (int step = 1; step < 4; step++)
        {
            _ = cut.Train(1, 1, resume: true, stopAfterSteps: 1);
        }

        _ = cut.Train(1, 1, resume: true);
        Assert.Equal(Rows(whole), Rows(cut));
    }

    [Fact]
    public void A_phase_of_a_stated_number_of_images_takes_the_first_batches_of_each_shuffle_and_resumes_to_the_bit()
    {
        using var whole = new TrainingFixture();
        float[] expected = whole.Train(1, 2, resume: false, images: 95);
        string[] images = [.. File.ReadAllLines(Path.Combine(whole.Folder, "log.csv")).Skip(1).Select(line => line.Split(',')[7])];
        Assert.Equal(["64", "128"], images); // two whole batches of 32 out of 95 images
        using var cut = new TrainingFixture();
        _ = cut.Train(1, 2, resume: false, stopAfterSteps: 1, images: 95);
        Assert.True(expected.AsSpan().SequenceEqual(cut.Train(2, 2, resume: true, images: 95)));
        using var all = new TrainingFixture();
        Assert.False(expected.AsSpan().SequenceEqual(all.Train(1, 2, resume: false)), "the number of images changed nothing");
    }

    [Fact]
    public void A_learned_imaginary_part_with_augmentation_resumes_and_runs_on_any_number_of_threads_to_the_bit()
    {
        using var whole = new TrainingFixture();
        float[] expected = whole.Train(1, 2, resume: false, learnedImaginary: true);
        using var cut = new TrainingFixture();
        _ = cut.Train(2, 2, resume: false, stopAfterSteps: 1, learnedImaginary: true);
        _ = cut.Train(3, 2, resume: true, stopAfterSteps: 1, learnedImaginary: true);
        Assert.True(expected.AsSpan().SequenceEqual(cut.Train(2, 2, resume: true, learnedImaginary: true)));
        Assert.Equal(18 + 8, expected.Length - whole.Train(1, 2, resume: false).Length); // C = 2: parameters, statistics
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Threads_do_not_change_a_bit_of_training(bool residual)
    {
        using var first = new TrainingFixture();
        float[] one = first.Train(1, 2, resume: false, residual: residual);
        foreach (int threads in new[] { 2, 3 })
        {
            using var other = new TrainingFixture();
            Assert.True(one.AsSpan().SequenceEqual(other.Train(threads, 2, resume: false, residual: residual)), $"{threads} threads");
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(60)]
    [InlineData(-1)]
    public void A_checkpoint_with_one_changed_byte_is_refused(int at)
    {
        using var fixture = new TrainingFixture();
        _ = fixture.Train(1, 1, resume: false);
        string path = Path.Combine(fixture.Folder, "dense.ckpt");
        byte[] bytes = File.ReadAllBytes(path);
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        File.WriteAllBytes(path, bytes);
        InputException refused = Assert.Throws<InputException>(() => fixture.Train(1, 1, resume: true));
        Assert.Contains("dense.ckpt", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_checkpoint_is_refused()
    {
        using var fixture = new TrainingFixture();
        _ = fixture.Train(1, 1, resume: false);
        string path = Path.Combine(fixture.Folder, "dense.ckpt");
        byte[] bytes = File.ReadAllBytes(path);
        foreach (int length in new[] { 0, 7, 40, bytes.Length - 1 })
        {
            File.WriteAllBytes(path, bytes[..length]);
            _ = Assert.Throws<InputException>(() => fixture.Train(1, 1, resume: true));
        }
    }

    [Fact]
    public void A_checkpoint_of_another_configuration_is_refused()
    {
        using var fixture = new TrainingFixture();
        _ = fixture.Train(1, 1, resume: false);
        InputException refused = Assert.Throws<InputException>(() => Checkpoint.Read(Path.Combine(fixture.Folder, "dense.ckpt"), "other", []));
        Assert.Contains("configuration", refused.Violations[0].Place, StringComparison.Ordinal);
    }

    // All but the times.
    private static string[] Rows(TrainingFixture run) => [.. File.ReadAllLines(Path.Combine(run.Folder, "log.csv")).Select(line => string.Join(',', line.Split(',')[..8]))];
}
