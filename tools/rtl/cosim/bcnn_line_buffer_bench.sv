// SPDX-License-Identifier: MIT
//
// Co-simulation bench of bcnn_line_buffer between its six channels. The registers and tables of a
// layer come with its command and are kept until the next one.
//
//   in   word 0    bit 0 push a command, 1 push a frame reply, 2 push an activation reply,
//                  3 take a frame request, 4 take an activation request, 5 take a window
//        word 1..  command: 17 registers of 16 bits; then per step 8 bits each of ky, kx, run,
//                  word, channels, kept, then reads, keep; then per group 8 bits of length and of
//                  every word's place
//        then      frame reply: re, im [column][lane][channel]
//        then      activation reply, alike
//   out  word 0-5  command, frame request, frame reply, activation request, activation reply,
//                  window channel: bits 15:0 count, 16 valid, 17 ready
//        word 6..  heads of frame request, activation request (plane, word, run, region, then
//                  exists and pixel of every column and lane) and window (re, im, mask, plane,
//                  last); 0 where the channel is empty; each starts on a word

module bcnn_line_buffer_bench #(
  parameter int PixelLanes      = 4,
  parameter int InputLanes      = 8,
  parameter int WordChannels    = 8,
  parameter int MaxRun          = 3,
  parameter int MaxTaps         = 16,
  parameter int Buffers         = 2,
  parameter int WindowWords     = 16,
  parameter int ReadsInFlight   = 4,
  parameter int MaxSteps        = 24,
  parameter int MaxGroups       = 4,
  parameter int MaxWords        = 16,
  parameter int CommandDepth    = 2,
  parameter int RequestDepth    = 2,
  parameter int ReplyDepth      = 2,
  parameter int WindowDepth     = 2,
  parameter int FrameReplyWord  = 100,
  parameter int ReplyWord       = 120,
  parameter int RequestHeadWord = 16,
  parameter int WindowHeadWord  = 26,
  parameter int InputWords      = 140,
  parameter int OutputWords     = 40
) (
  input  logic                      clk_i,
  input  logic                      rst_ni,
  input  logic [32*InputWords-1:0]  in_i,
  output logic [32*OutputWords-1:0] out_o
);

  localparam int Registers    = 17 * 16;
  localparam int StepWidth    = 48 + MaxRun + MaxTaps;
  localparam int ListWidth    = 8 * (MaxWords + 1);
  localparam int CommandWidth = Registers + MaxSteps * StepWidth + MaxGroups * ListWidth;
  localparam int Columns      = MaxRun * PixelLanes;
  localparam int HalfReply    = Columns * WordChannels;
  localparam int ReplyWidth   = 2 * HalfReply;
  localparam int RequestWidth = 64 + 17 * Columns;
  localparam int HalfWindow   = PixelLanes * InputLanes;
  localparam int WindowWidth  = 3 * HalfWindow + 17;

  logic                              command_wready;
  logic                              command_valid;
  logic                              command_ready;
  logic [CommandWidth-1:0]           command;
  logic [CommandWidth-1:0]           layer_q;
  logic [$clog2(CommandDepth+1)-1:0] command_count;

  bcnn_channel #(
    .Width(CommandWidth),
    .Depth(CommandDepth)
  ) u_command (
    .clk_i,
    .rst_ni,
    .wvalid_i(in_i[0]),
    .wready_o(command_wready),
    .wdata_i (in_i[32 +: CommandWidth]),
    .rvalid_o(command_valid),
    .rready_i(command_ready),
    .rdata_o (command),
    .count_o (command_count)
  );

  always_ff @(posedge clk_i) begin
    if (command_valid && command_ready) begin
      layer_q <= command;
    end
  end

  logic                            frame_reply_wready;
  logic                            frame_reply_valid;
  logic                            frame_reply_ready;
  logic [ReplyWidth-1:0]           frame_reply;
  logic [$clog2(ReplyDepth+1)-1:0] frame_reply_count;
  logic                            reply_wready;
  logic                            reply_valid;
  logic                            reply_ready;
  logic [ReplyWidth-1:0]           reply;
  logic [$clog2(ReplyDepth+1)-1:0] reply_count;

  bcnn_channel #(
    .Width(ReplyWidth),
    .Depth(ReplyDepth)
  ) u_frame_reply (
    .clk_i,
    .rst_ni,
    .wvalid_i(in_i[1]),
    .wready_o(frame_reply_wready),
    .wdata_i (in_i[32*FrameReplyWord +: ReplyWidth]),
    .rvalid_o(frame_reply_valid),
    .rready_i(frame_reply_ready),
    .rdata_o (frame_reply),
    .count_o (frame_reply_count)
  );

  bcnn_channel #(
    .Width(ReplyWidth),
    .Depth(ReplyDepth)
  ) u_reply (
    .clk_i,
    .rst_ni,
    .wvalid_i(in_i[2]),
    .wready_o(reply_wready),
    .wdata_i (in_i[32*ReplyWord +: ReplyWidth]),
    .rvalid_o(reply_valid),
    .rready_i(reply_ready),
    .rdata_o (reply),
    .count_o (reply_count)
  );

  logic [15:0]          step;
  logic [StepWidth-1:0] step_entry;
  logic [15:0]          list_group;
  logic [15:0]          list_word;
  logic [ListWidth-1:0] list;

  assign step_entry = StepWidth'(layer_q >> (Registers + 32'(step) * StepWidth));
  assign list       = ListWidth'(layer_q >> (Registers + MaxSteps * StepWidth +
                                             32'(list_group) * ListWidth));

  logic                              frame_request_valid;
  logic                              frame_request_ready;
  logic                              request_valid;
  logic                              request_ready;
  logic [Columns-1:0]                request_exists;
  logic [16*Columns-1:0]             request_pixel;
  logic [15:0]                       request_plane;
  logic [7:0]                        request_word;
  logic [7:0]                        request_run;
  logic [15:0]                       request_region;
  logic [RequestWidth-1:0]           request;
  logic                              window_valid;
  logic                              window_ready;
  logic [WindowWidth-1:0]            window;

  bcnn_line_buffer #(
    .PixelLanes   (PixelLanes),
    .InputLanes   (InputLanes),
    .WordChannels (WordChannels),
    .MaxRun       (MaxRun),
    .MaxTaps      (MaxTaps),
    .Buffers      (Buffers),
    .WindowWords  (WindowWords),
    .ReadsInFlight(ReadsInFlight)
  ) u_line (
    .clk_i,
    .rst_ni,
    .command_valid_i           (command_valid),
    .command_ready_o           (command_ready),
    .layer_planes_i            (layer_q[0*16 +: 16]),
    .layer_steps_i             (layer_q[1*16 +: 16]),
    .layer_words_i             (layer_q[2*16 +: 16]),
    .layer_total_i             (layer_q[3*16 +: 16]),
    .layer_taps_i              (layer_q[4*16 +: 16]),
    .layer_groups_i            (layer_q[5*16 +: 16]),
    .layer_tiles_i             (layer_q[6*16 +: 16]),
    .layer_height_i            (layer_q[7*16 +: 16]),
    .layer_width_i             (layer_q[8*16 +: 16]),
    .layer_out_width_i         (layer_q[9*16 +: 16]),
    .layer_out_pixels_i        (layer_q[10*16 +: 16]),
    .layer_stride_y_i          (layer_q[11*16 +: 16]),
    .layer_stride_x_i          (layer_q[12*16 +: 16]),
    .layer_padding_y_i         (layer_q[13*16 +: 16]),
    .layer_padding_x_i         (layer_q[14*16 +: 16]),
    .layer_frame_i             (layer_q[15*16]),
    .layer_region_i            (layer_q[16*16 +: 16]),
    .step_o                    (step),
    .step_ky_i                 (step_entry[0 +: 8]),
    .step_kx_i                 (step_entry[8 +: 8]),
    .step_channels_i           (step_entry[32 +: 8]),
    .step_run_i                (step_entry[16 +: 8]),
    .step_word_i               (step_entry[24 +: 8]),
    .step_kept_i               (step_entry[40 +: 8]),
    .step_reads_i              (step_entry[48 +: MaxRun]),
    .step_keep_i               (step_entry[48+MaxRun +: MaxTaps]),
    .list_group_o              (list_group),
    .list_word_o               (list_word),
    .list_length_i             (16'(list[7:0])),
    .list_place_i              (16'(8'(list >> (8 * (32'(list_word) + 1))))),
    .frame_request_valid_o     (frame_request_valid),
    .frame_request_ready_i     (frame_request_ready),
    .activation_request_valid_o(request_valid),
    .activation_request_ready_i(request_ready),
    .request_exists_o          (request_exists),
    .request_pixel_o           (request_pixel),
    .request_plane_o           (request_plane),
    .request_word_o            (request_word),
    .request_run_o             (request_run),
    .request_region_o          (request_region),
    .frame_reply_valid_i       (frame_reply_valid),
    .frame_reply_ready_o       (frame_reply_ready),
    .frame_reply_re_i          (frame_reply[0 +: HalfReply]),
    .frame_reply_im_i          (frame_reply[HalfReply +: HalfReply]),
    .activation_reply_valid_i  (reply_valid),
    .activation_reply_ready_o  (reply_ready),
    .activation_reply_re_i     (reply[0 +: HalfReply]),
    .activation_reply_im_i     (reply[HalfReply +: HalfReply]),
    .window_valid_o            (window_valid),
    .window_ready_i            (window_ready),
    .window_re_o               (window[0 +: HalfWindow]),
    .window_im_o               (window[HalfWindow +: HalfWindow]),
    .window_mask_o             (window[2*HalfWindow +: HalfWindow]),
    .window_plane_o            (window[3*HalfWindow +: 16]),
    .window_last_o             (window[3*HalfWindow+16])
  );

  assign request = {request_pixel, request_exists, request_region, 8'b0, request_run, 8'b0,
                    request_word, request_plane};

  logic                              frame_request_head_valid;
  logic [RequestWidth-1:0]           frame_request_head;
  logic [$clog2(RequestDepth+1)-1:0] frame_request_count;
  logic                              request_head_valid;
  logic [RequestWidth-1:0]           request_head;
  logic [$clog2(RequestDepth+1)-1:0] request_count;
  logic                              window_head_valid;
  logic [WindowWidth-1:0]            window_head;
  logic [$clog2(WindowDepth+1)-1:0]  window_count;

  bcnn_channel #(
    .Width(RequestWidth),
    .Depth(RequestDepth)
  ) u_frame_request (
    .clk_i,
    .rst_ni,
    .wvalid_i(frame_request_valid),
    .wready_o(frame_request_ready),
    .wdata_i (request),
    .rvalid_o(frame_request_head_valid),
    .rready_i(in_i[3]),
    .rdata_o (frame_request_head),
    .count_o (frame_request_count)
  );

  bcnn_channel #(
    .Width(RequestWidth),
    .Depth(RequestDepth)
  ) u_request (
    .clk_i,
    .rst_ni,
    .wvalid_i(request_valid),
    .wready_o(request_ready),
    .wdata_i (request),
    .rvalid_o(request_head_valid),
    .rready_i(in_i[4]),
    .rdata_o (request_head),
    .count_o (request_count)
  );

  bcnn_channel #(
    .Width(WindowWidth),
    .Depth(WindowDepth)
  ) u_window (
    .clk_i,
    .rst_ni,
    .wvalid_i(window_valid),
    .wready_o(window_ready),
    .wdata_i (window),
    .rvalid_o(window_head_valid),
    .rready_i(in_i[5]),
    .rdata_o (window_head),
    .count_o (window_count)
  );

  always_comb begin
    out_o          = '0;
    out_o[0 +: 32]   = {14'b0, command_wready, command_valid, 16'(command_count)};
    out_o[32 +: 32]  = {14'b0, frame_request_ready, frame_request_head_valid,
                        16'(frame_request_count)};
    out_o[64 +: 32]  = {14'b0, frame_reply_wready, frame_reply_valid, 16'(frame_reply_count)};
    out_o[96 +: 32]  = {14'b0, request_ready, request_head_valid, 16'(request_count)};
    out_o[128 +: 32] = {14'b0, reply_wready, reply_valid, 16'(reply_count)};
    out_o[160 +: 32] = {14'b0, window_ready, window_head_valid, 16'(window_count)};
    out_o[192 +: RequestWidth] = frame_request_head & {RequestWidth{frame_request_head_valid}};
    out_o[32*RequestHeadWord +: RequestWidth] = request_head & {RequestWidth{request_head_valid}};
    out_o[32*WindowHeadWord +: WindowWidth]   = window_head & {WindowWidth{window_head_valid}};
  end

endmodule
